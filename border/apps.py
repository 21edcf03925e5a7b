"""The admin's own site takes the place of Django's."""

from django.contrib.admin import apps


class CurationConfig(apps.AdminConfig):
    """Django's admin, served by our own site."""

    default = False
    default_site = "border.admin_site.CurationSite"
