"""A repository that is a FAQ site: Markdown in, a searchable static site out.

`build_site` builds one; everything else begins at `faqsite.commands.cli`.
"""

from faqsite.build.pipeline import build_site as build_site
from faqsite.model.problems import ContentError as ContentError
from faqsite.model.records import Report as Report
