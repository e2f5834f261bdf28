"""Print the demo's addresses and sign-ins; `make demo` calls it with the port."""

import sys


def main(port: str) -> None:
    """Write the table to the standard output."""
    import django

    django.setup()
    from portal.demo.people import GUIDES, PASSWORD

    base = f"http://localhost:{port}"
    lines = [
        "",
        f"  Aula        {base}/es/    (also /en/ /pt/ /fr/ /ar/ /bn/)",
        f"  Staff area  {base}/en/staff/        Content editor  {base}/cms/",
        f"  Everybody's password:  {PASSWORD}",
        "",
        *(f"  {g.role.label!s:16} {g.email:24} {base}{g.start}" for g in GUIDES),
        "",
        "  Stop with Ctrl+C. The data stays in var/; `make reset` throws it away.",
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
