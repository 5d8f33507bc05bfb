"""Lets ``python -m familyflow`` do what the ``familyflow`` command does."""

from familyflow.cli import main

if __name__ == "__main__":
    main()
