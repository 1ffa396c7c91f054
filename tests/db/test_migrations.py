"""Models and migrations agree, up, down and up again."""

from tests.support.databases import DatabaseUrls

from interloop.db.upgrade import differences, downgrade, upgrade


def test_models_equal_migrations_there_and_back(database_urls: DatabaseUrls) -> None:
    url = database_urls.database_admin_url
    assert differences(url) == []
    downgrade(url)
    upgrade(url)
    assert differences(url) == []
