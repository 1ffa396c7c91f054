"""The names by which people call the same technology, and those that are also plain words."""

from types import MappingProxyType
from typing import Final

from interloop.domain.wordlist import wordlist

_ALIASES = """
.net: dotnet, net core, asp.net, asp net
airflow: apache airflow
angular: angularjs, angular js, angular.js
ansible
aws: amazon web services, ec2, aws lambda
azure: microsoft azure
bash: shell scripting
bigquery
c
c#: c sharp, csharp
c++: cpp, cplusplus
cassandra
ci cd: cicd, continuous integration, continuous delivery, continuous deployment
clickhouse
css: css3, sass, scss
dart
django
docker: containers, containerization
elasticsearch: elastic search, opensearch
elixir
excel: ms excel, microsoft excel
express: express.js, expressjs
fastapi: fast api
figma
flask
gcp: google cloud, google cloud platform
git: github, gitlab
go: golang
grafana
graphql
hadoop
html: html5
java
javascript: js, ecmascript, es6
jenkins
jira
kafka: apache kafka
kotlin
kubernetes: k8s, kube, eks, gke, aks
linux: unix, debian, ubuntu
machine learning: ml
microservices: microservice, micro services
mongodb: mongo
mysql: mariadb
natural language processing: nlp
next.js: nextjs, next js
node.js: node, nodejs, node js
numpy
oauth: oauth2, oidc
pandas
perl
php
postgresql: postgres, psql, postgre sql
prometheus
python: python3, cpython
pytorch: torch
r
rabbitmq: rabbit mq
react: reactjs, react.js, react js
redis
rest api: rest apis, restful, restful api, restful apis, rest
ruby
ruby on rails: rails
rust
salesforce
sap
scala
scikit-learn: sklearn, scikit learn
snowflake
spark: apache spark, pyspark
spring: spring boot, springboot
sql: t-sql, pl sql
sqlalchemy
swift
tableau
temporal: temporal.io
tensorflow: tensor flow
terraform
typescript: ts
vue: vuejs, vue.js, vue js
webrtc
websockets: websocket, web sockets
"""

AMBIGUOUS: Final = wordlist(
    """C Dart Elixir Excel Express Flask Go Java Node Perl R Rails React REST Ruby Rust SAP Scala
    Spark Spring Swift Temporal TS JS ML Snowflake Containers"""
)
"""These count as technologies only when spelt like this: "go" and "the rest" are plain words."""


def _table() -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for line in _ALIASES.strip().splitlines():
        name, _, others = line.partition(":")
        for alias in [name, *others.split(",")]:
            if alias.strip():
                table[tuple(alias.split())] = name
    return table


CANONICAL: Final = MappingProxyType(_table())
"""Lower-case words of an alias -> the one name used for comparing."""

LONGEST: Final = max(len(words) for words in CANONICAL)
