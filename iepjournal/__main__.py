"""`python -m iepjournal`."""

from iepjournal.cli.main import run

if __name__ == "__main__":
    run()
