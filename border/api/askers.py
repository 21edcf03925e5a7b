"""Who asks: somebody with a token, else whoever is at an address.

A token lets its owner ask more often, and does nothing else: what is answered does not depend on it.
"""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, NamedTuple

from django.conf import settings

from border.api.problems import Fault, Problem
from border.tokens import recognising

_LONGEST = 200
_UNREADABLE = "Authorization is the word Bearer and a token."
_REMEDY = "Staff make tokens in the admin, under Tokens; without the header Authorization everybody is answered the same."


class Asker(NamedTuple):
    """By which policy somebody's questions are counted, under which key, and how many a minute; 0 is any number.

    ``refusal`` is what they are told instead of an answer.
    """

    policy: str
    key: bytes
    rate: int
    refusal: Problem | None = None


def asker(meta: Mapping[str, Any]) -> Asker:
    """Whoever sent the request of that ``META``. Whose token is not good is refused, and counted by their address."""
    scheme, _, token = meta.get("HTTP_AUTHORIZATION", "").strip().partition(" ")
    refusal = None
    if scheme:
        token = token.strip()
        said = recognising.fault(token) if scheme.lower() == "bearer" else _UNREADABLE
        if not said:
            return Asker("token", token.encode(), settings.API_TOKEN_RATE)
        refusal = _unknown(said)
    # What a reader writes there themselves may be long; what our proxies add stands at its end.
    forwarded = meta.get("HTTP_X_FORWARDED_FOR", "")[-_LONGEST:] if settings.PROXIES else ""
    key = place(meta.get("REMOTE_ADDR", ""), forwarded, settings.PROXIES)
    return Asker("anonymous", key, settings.API_RATE, refusal)


def _unknown(said: str) -> Problem:
    """The 401 that says what is wrong with a token and what to do. Nobody is taken for anonymous who wanted more."""
    return Problem(
        401,
        f"{said} {_REMEDY}",
        [Fault("Authorization", said, ["Bearer border_…"])],
        headers={"WWW-Authenticate": 'Bearer realm="border", error="invalid_token"'},
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
