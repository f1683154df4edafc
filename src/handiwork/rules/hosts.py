# SPDX-License-Identifier: Apache-2.0
"""What hosts are, as far as scope must know: shared by strangers, never to be recorded, or no host at all.

Short lists of our own, on purpose: a site pattern names one whole host, so that what is missing here is refused or
matches nothing. Sources: the Public Suffix List's commonest entries; the providers' own documentation.
"""

import re

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "go", "gov", "mil", "ne", "net", "nom", "or", "org", "sch"})
_PUBLIC_SUFFIXES = frozenset(
    {"amazonaws.com", "appspot.com", "atlassian.net", "azurewebsites.net", "blogspot.com", "cloudfront.net"}
    | {"firebaseapp.com", "fly.dev", "github.io", "gitlab.io", "googleusercontent.com", "herokuapp.com", "netlify.app"}
    | {"myshopify.com", "notion.site", "okta.com", "onrender.com", "pages.dev", "s3.amazonaws.com", "sharepoint.com"}
    | {"translate.goog", "vercel.app", "web.app", "wixsite.com", "wordpress.com", "workers.dev", "zendesk.com"}
)
"""Domains under which anyone gets a host."""

_MAIL_PROVIDERS = frozenset(
    {"aol.com", "fastmail.com", "gmail.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com", "icloud.com"}
    | {"live.com", "mail.ru", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "qq.com", "web.de"}
    | {"163.com", "yahoo.com", "yandex.ru", "ymail.com", "zoho.com"}
)
"""Domains where anyone gets an account: "everyone of this domain" would be everyone."""

_SHARED_HOSTS = frozenset(
    {"archive.ph", "cc.bingj.com", "r.jina.ai", "raw.githubusercontent.com", "s3.amazonaws.com", "sites.google.com"}
    | {"storage.googleapis.com", "translate.google.com", "view.officeapps.live.com", "web.archive.org"}
    | {"webcache.googleusercontent.com"}
)
"""Hosts that serve many organisations' pages side by side, or other sites' pages as their own."""

_SIGN_IN = frozenset(
    {"accounts.google.com", "accounts.youtube.com", "appleid.apple.com", "id.apple.com", "id.atlassian.com"}
    | {"idmsa.apple.com", "login.live.com", "login.microsoftonline.com", "login.windows.net", "login.yahoo.com"}
    | {"myaccount.google.com", "mysignins.microsoft.com", "passwords.google.com", "signin.aws.amazon.com"}
)
_SIGN_IN_BELOW = frozenset(
    {"auth0.com", "b2clogin.com", "duosecurity.com", "okta-emea.com", "okta.com", "oktapreview.com", "onelogin.com"}
    | {"pingidentity.com", "pingone.com", "pingone.eu"}
)
_PASSWORDS = frozenset({"lastpass.com", "passwords.google.com", "pass.proton.me"})
_PASSWORDS_BELOW = frozenset(
    {"1password.ca", "1password.com", "1password.eu", "bitwarden.com", "bitwarden.eu", "dashlane.com", "enpass.io"}
    | {"keepersecurity.com", "keepersecurity.eu", "lastpass.com", "nordpass.com"}
)
_PAYMENT = frozenset({"checkout.stripe.com", "pay.google.com", "pay.amazon.com", "www.paypal.com"})


def is_public_suffix(host: str) -> bool:
    """Whether strangers have hosts under it: a top-level domain, co.uk, github.io."""
    first, _, rest = host.partition(".")
    if not rest:
        return True
    return host in _PUBLIC_SUFFIXES or (first in _SECOND_LEVEL and re.fullmatch("[a-z]{2}", rest) is not None)


def is_mail_provider(domain: str) -> bool:
    """Whether anyone can have an account there."""
    return domain in _MAIL_PROVIDERS


def is_shared(host: str) -> bool:
    """Whether a path is needed to name one organisation's part of it."""
    return host in _SHARED_HOSTS


def never_host(host: str) -> str:
    """Why nothing of this host may ever be kept (a fixed word), whatever a policy says; or ""."""
    if host in _PASSWORDS or _is_below(host, _PASSWORDS_BELOW):
        return "password manager"
    if host in _SIGN_IN or _is_below(host, _SIGN_IN_BELOW):
        return "sign-in"
    return "payment" if host in _PAYMENT else ""


def _is_below(host: str, domains: frozenset[str]) -> bool:
    return any(host == domain or host.endswith("." + domain) for domain in domains)
