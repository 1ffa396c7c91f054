"""What an attacker puts into a template or into a value: each is refused or stays plain text."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from interloop.emails import LINK, REVIEW_LINK

SECRET = "s3cr3t-of-the-house"
"""Stands in the environment of the renderer, where a reach out of it would find it."""


class Injection(NamedTuple):
    """One attempt: a template's words and the value of `candidate_name` it is filled with."""

    name: str
    source: str
    value: str = "Robin Sample"


_IN_TEMPLATE = {
    "attribute access": "{{ candidate_name.__class__ }}",
    "subclasses": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals of a function": "{{ candidate_name.upper.__globals__ }}",
    "attr filter": "{{ candidate_name|attr('__class__') }}",
    "map filter": "{{ candidate_name|map(attribute='__class__') }}",
    "subscript": "{{ candidate_name['__class__'] }}",
    "method call": "{{ candidate_name.upper() }}",
    "format method": "{{ '{0.__class__}'.format(candidate_name) }}",
    "format padding": "{{ '{:>100000000}'.format(1) }}",
    "percent padding": "{{ '%0100000000d' % 1 }}",
    "center filter": "{{ 'x'|center(100000000) }}",
    "repetition": "{{ 'x' * 100000000 }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "concatenation": "{{ candidate_name ~ candidate_name }}",
    "nested loops": "{% for a in range(99999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "loop over a value": "{% for a in candidate_name %}{{ a }}{% endfor %}",
    "recursive loop": "{% for a in candidate_name recursive %}{{ loop(a) }}{% endfor %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}{{ os.environ }}",
    "from import": "{% from 'os' import environ %}",
    "extends": "{% extends 'base' %}",
    "macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "call block": "{% call candidate_name() %}x{% endcall %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "set": "{% set candidate_name = link %}{{ candidate_name }}",
    "namespace": "{% set n = namespace(x=1) %}{{ n.x }}",
    "autoescape off": "{% autoescape false %}{{ candidate_name }}{% endautoescape %}",
    "safe filter": "{{ candidate_name|safe }}",
    "block": "{% block x %}{{ self.x() }}{% endblock %}",
    "self": "{{ self._TemplateReference__context }}",
    "self alone": "{{ self }}",
    "cycler": "{{ cycler.__init__.__globals__ }}",
    "lipsum": "{{ lipsum(100000) }}",
    "environment": "{{ environment }}{{ config }}{{ request }}",
    "test of a name": "{{ candidate_name is defined }}",
    "comparison": "{{ candidate_name == 'x' }}",
    "unknown value": "{{ secret }}",
    "deep conditions": "{% if link %}" * 5_000 + "{% endif %}" * 5_000,
    "many places": "{{ contact_email }}" * 5_000,
    "deep parentheses": "{{ " + "(" * 20_000 + "link" + ")" * 20_000 + " }}",
    "deep negation": "{% if " + "not " * 20_000 + "link %}x{% endif %}",
    "open braces": "{{" * 10_000,
    "open comment": "{#" * 10_000,
    "private character": "\ue001\ue002",
    "huge": "x" * 2_000_000,
}
_IN_VALUE = {
    "markup": "<script>alert(1)</script>",
    "attribute breakout": '" onmouseover="alert(1)',
    "template in a value": "{{ link }}{{ secret }}{% for a in link %}x{% endfor %}",
    "place of the link": "{{link}}",
    "place of the review": "{{review_link}}",
    "nested place": "{{{{link}}}}",
    "private characters": "\ue001\ue002",
    "header break": "Robin\r\nBcc: all@post.example\r\n\r\nHello",
    "other line breaks": "Robin\u2028Bcc: x\x85y\x0bz\x00",
    "reversed writing": "Robin \u202egpj.exe",
    "lone surrogate": "Robin \ud800",
    "very long": "R" * 5_000_000,
    "only hidden": "\u200b" * 10_000,
}
_SPLIT = Injection("place in pieces", "{{{ candidate_name }}}", "{link}")

INJECTIONS = (
    *(Injection(name, source) for name, source in _IN_TEMPLATE.items()),
    *(Injection(name, "{{ candidate_name }}", value) for name, value in _IN_VALUE.items()),
    _SPLIT,
)


def leaks(answer: Mapping[str, Any]) -> list[str]:
    """Return what stands in a rendered mail though no template asked for it."""
    if answer["outcome"] != "plain text":
        return []
    whole = answer["subject"] + answer["text"] + answer["html"]
    anywhere = (LINK, REVIEW_LINK, SECRET, "root:", "<class", "\u202e", "\ue001", "\ue002", "\x00")
    found = [each for each in anywhere if each in whole]
    found += [each for each in ("<script", '" onmouseover') if each in answer["html"]]
    lines = answer["subject"] + answer["text"].rstrip("\n")
    return found + [each for each in ("\r", "\u2028", "\x85", "\nBcc") if each in lines]
