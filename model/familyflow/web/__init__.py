"""The commissioner's web page: options compared in a browser, served by this machine alone.

FastAPI gives out pages that are whole as they arrive; scripts only make waiting nicer. Work is done
by the jobs in `jobs`, which ask `familyflow.api` for the same runs that the command line makes.
"""
