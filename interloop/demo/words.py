"""The texts of the demo: a job, a resume and answers; all people in them are made up."""

JOB_TITLE = "Backend engineer, billing"
JOB_DESCRIPTION = """\
Backend engineer, billing

We build the service that writes every invoice of our customers.

Requirements
- Three years of experience with Python
- Experience with PostgreSQL and SQL
- You have designed REST APIs

Nice to have
- Docker
- Message queues

You explain decisions clearly to colleagues, and you work well in a small team.
"""

RESUME = """\
Robin Sample
robin.sample@candidate.example
+49 30 901820
Berlin, Germany

SUMMARY
Backend engineer with six years of experience in Python and PostgreSQL.

EXPERIENCE
Software engineer, Example Ledger GmbH, 2021 to 2026
Designed REST APIs in Python for an invoicing service with PostgreSQL behind them.
Moved nightly jobs to a message queue; packaged every service with Docker.
Developer, Sample Freight, 2019 to 2021
Wrote SQL reports and a Python importer for customs files.

EDUCATION
Bachelor of Science in Computer Science, 2019

SKILLS
Python, PostgreSQL, SQL, REST, Docker
"""

SPOKEN = (
    "In my last job I moved the invoices of our largest customer into a new database. "
    "I planned the steps, I wrote the checks, and I compared the totals every night. "
    "It ended well, because we could go back at any moment."
)

TYPED = (
    (
        "I decided how we moved invoices in Python from one PostgreSQL database to another. "
        "The goal was that no customer would see a wrong total. I wrote the REST API for the "
        "copy, compared both sides every night with an SQL report, and told the team each "
        "morning what was still different. It ended after three weeks without a single "
        "complaint, and I would do "
        "the comparison earlier next time."
    ),
    (
        "The hardest problem was a slow query in PostgreSQL. At first I thought the index was "
        "missing, then the plan showed that a filter on dates was read wrongly. I measured it "
        "in a test with real data, changed the query, and the report took two seconds instead "
        "of ninety. I explained the "
        "cause to my colleagues with a drawing, and today a dashboard would show it earlier."
    ),
    (
        "A colleague and I saw the work differently: he wanted to rewrite the importer, I "
        "wanted to repair it. We each wrote down our reasons, asked the people who used it, "
        "and tried the smaller change for one week. It worked, we kept it, and afterwards I "
        "told him which of his "
        "ideas we should still build, because his reasons were good ones."
    ),
)
"""Said in turn to whatever is asked; long enough that no follow-up is needed."""

REASON = "Answers with own examples on every question; the marks say the same."
