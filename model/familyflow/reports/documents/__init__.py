"""Documents of a finished run: the commissioner's page in HTML, a bid's cost case in Word."""
