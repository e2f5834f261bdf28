"""Proofreading of course packages: what a reader would stumble over, found before they do."""
