"""The demo: one person per role and a cohort of 41 judges at every stage. Never used in production."""
