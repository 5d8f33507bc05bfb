"""The service day by day, as SimPy processes: the specification that a reviewer reads."""
