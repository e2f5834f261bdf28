"""The pages of assessments: answering, results, marking."""
