"""Scrapy settings; each value that differs from Scrapy's default says why."""

from __future__ import annotations

import os

from imbauan import __version__

BOT_NAME = "imbauan"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
ITEM_PIPELINES = {
    "pipelines.extract.ExtractPipeline": 100,
    "pipelines.describe.DescribePipeline": 200,
    "pipelines.deduplicate.DeduplicatePipeline": 300,
    "pipelines.store.StorePipeline": 400,
}

# Honest, with a way to reach the operator.
USER_AGENT = os.environ.get("IMBAUAN_USER_AGENT", f"Imbauan/{__version__} (archive of public police advisories)")
# Scrapy's global default is off.
ROBOTSTXT_OBEY = True
# One request at a time to a site; the spider sets each source's own delay.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
# Many sites at once, each of them slowly.
CONCURRENT_REQUESTS = 64
# Scrapy's default accepts any certificate.
DOWNLOAD_VERIFY_CERTIFICATES = True
# No page needs a session, and a cookie makes tldextract fetch a list from the network.
COOKIES_ENABLED = False
# The console and RemoteControl run code that is posted to a local port.
TELNETCONSOLE_ENABLED = False
EXTENSIONS = {"scrapy.extensions.remote_control.RemoteControl": None}
# The guards of imbauan.download; docs/safety.md tells each.
TWISTED_DNS_RESOLVER = "imbauan.download.resolver.GuardedResolver"
DOWNLOADER_MIDDLEWARES = {
    # Scrapy's own takes half a gzip stream for a whole page.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "imbauan.download.compression.DecompressMiddleware": 590,
    "imbauan.download.archiving.ArchiveMiddleware": 980,
    "imbauan.download.guard.GuardMiddleware": 990,
}
# A body that breaks off is looked at, asked for again, and set aside with its bytes kept; failing would lose them.
DOWNLOAD_FAIL_ON_DATALOSS = False
# A page's link must not read the machine's files or other protocols.
DOWNLOAD_HANDLERS = {
    "file": None,
    "data": None,
    "s3": None,
    "ftp": None,
    "http": "imbauan.download.handler.GuardedHandler",
    "https": "imbauan.download.handler.GuardedHandler",
}
# A news page is under 1 MB; compressed bombs reached 3 GB. Bytes, after decompression too.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# Silent servers cost 180 s x 3 tries with the defaults.
DOWNLOAD_TIMEOUT = 30
RETRY_TIMES = 1
REDIRECT_MAX_TIMES = 5
# Memory beyond this would be a leak; MiB.
MEMUSAGE_LIMIT_MB = 2048
# DEBUG logs hold whole articles.
LOG_LEVEL = "WARNING"
# An item in the log is a page's bytes.
LOGSTATS_INTERVAL = 0
# Items in work at once for each response; extraction is behind the worker processes.
CONCURRENT_ITEMS = 16

IMBAUAN_DB = os.environ.get("IMBAUAN_DB", "imbauan.db")
IMBAUAN_WORKERS = min(4, os.cpu_count() or 1)
# trafilatura takes 2 to 20 s a megabyte of HTML; a page past this is set aside.
IMBAUAN_EXTRACT_SECONDS = 20.0
# Memory that reading one page may take beyond what a worker needs at rest; MiB. A news page takes under 50.
IMBAUAN_EXTRACT_MB = 512
# Headers of an answer, all together, in bytes: servers send 1 to 5 KiB; without a limit 1.7 GB were measured.
IMBAUAN_HEADERS_MAXSIZE = 256 * 1024
# robots.txt is read to here, as RFC 9309 section 2.5 allows: 50 MB cost 109 s and 3 GB.
IMBAUAN_ROBOTS_MAXSIZE = 500 * 1024
# After SIGTERM or Ctrl-C, seconds for what is under way; then it is given up, and the next run asks again.
IMBAUAN_STOP_SECONDS = 5.0
