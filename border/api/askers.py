"""Who asks, by the address of whoever is nearest to the reader among those that can be trusted to tell."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, NamedTuple

from django.conf import settings

_LONGEST = 200


class Asker(NamedTuple):
    """By which policy somebody's questions are counted, under which key, and how many a minute; 0 is any number."""

    policy: str
    key: bytes
    rate: int


def asker(meta: Mapping[str, Any]) -> Asker:
    """Whoever sent the request of that ``META``."""
    # What a reader writes there themselves may be long; what our proxies add stands at its end.
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "")[-_LONGEST:] if settings.PROXIES else ""
    return Asker(
        "anonymous", place(meta.get("REMOTE_ADDR", ""), forwarded, settings.PROXIES), settings.API_RATE
    )


@lru_cache(maxsize=2000)
def place(peer: str, forwarded: str, proxies: tuple[str, ...]) -> bytes:
    """What is counted as one reader: an IPv4 address, or the first 64 bits of an IPv6 one, which are somebody's alone.

    ``peer`` is who connected. Where that is one of ``proxies``, the last address of ``forwarded`` (the header
    X-Forwarded-For) is who connected to it, and so on from right to left, as far as proxies of ours go.

    >>> place("10.0.0.9", "6.6.6.6, 192.0.2.7", ("10.0.0.0/8",)) == place("192.0.2.7", "", ())
    True
    >>> place("192.0.2.7", "6.6.6.6", ("10.0.0.0/8",)) == place("192.0.2.7", "", ())
    True
    >>> place("2001:db8:1:2::3", "", ()) == place("2001:db8:1:2:ffff::4", "", ())
    True
    """
    found = _address(peer)
    for nearer in map(_address, reversed(forwarded.split(","))):
        if found is None or nearer is None or not any(found in network for network in _networks(proxies)):
            break
        found = nearer
    if found is None:
        return peer.encode()
    return found.packed[:8]


@lru_cache
def _networks(proxies: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(proxy) for proxy in proxies]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
