"""The reviewer's pack: where every number of a run is from, what was checked and what was not."""
