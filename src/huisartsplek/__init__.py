"""Huisartsplek: the national Dutch GP registration and exchange system."""

__version__ = "0.1.0"
