"""Settings of Aula: `dev` (and `make demo`), `production`, `test`; all share `base`."""
