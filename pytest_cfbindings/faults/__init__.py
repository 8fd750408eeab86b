"""Faults that a test arms: the errors that production gives, and when they come."""
