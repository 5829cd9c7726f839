"""The address of a language model's server as typed in, the one that requests are made of out. Asks nothing."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

from index.errors import InputError
from index.remote.polite import is_private

_EXAMPLE = "such as http://localhost:11434/v1 or https://api.example.com/v1"
_EXAMPLE_KOREAN = "http://localhost:11434/v1이나 https://api.example.com/v1처럼"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_VERSION = re.compile(r"v\d+\w*")
_WHOLE_CALLS = ("/chat/completions", "/completions", "/models")


def base_url(typed: str) -> str:
    """Return the address that "/chat/completions" is put after: "localhost:11434" gives "http://localhost:11434/v1".

    Without a scheme, this machine and private networks get http, all others https. Raises InputError for one that no
    request can be made of, or that carries a password or a key.
    """
    text = typed.strip()
    if not text or re.search(r"[\s\x00-\x1f\x7f\\]", text):
        raise InputError(
            f"the server's address is {_shown(text)!r}; expected one {_EXAMPLE}: set it",
            f"‘{_shown(text)}’: 서버의 주소가 아닙니다. {_EXAMPLE_KOREAN} 적으세요.",
        )
    try:
        parts = urlsplit(text if _SCHEME.match(text) else f"//{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InputError(
            f"the server's address {_shown(text)!r} cannot be read; expected one {_EXAMPLE}: check it",
            f"‘{_shown(text)}’: 서버의 주소로 읽을 수 없습니다. {_EXAMPLE_KOREAN} 적으세요.",
        ) from error
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise InputError(
            f"the server's address on {host or 'no host'} has a name, password, ? or # in it; expected one {_EXAMPLE}: "
            "leave that out, a key goes into SURVEYQA_LLM_KEY",
            f"서버의 주소({host or '호스트 없음'})에 사용자 이름이나 비밀번호, ?, #이 들어 있습니다. 그것을 빼고 "
            f"{_EXAMPLE_KOREAN} 적으세요. 키는 환경 변수 SURVEYQA_LLM_KEY에 넣습니다.",
        )
    scheme = parts.scheme.lower() or ("http" if is_near(host) else "https")
    if scheme not in ("http", "https") or not re.search(r"[^\W_]", host) or port == 0:
        raise InputError(
            f"the server's address is {_shown(text)!r}; an http or https one was expected, {_EXAMPLE}: check it",
            f"‘{_shown(text)}’: http나 https로 시작하는 서버 주소가 아닙니다. {_EXAMPLE_KOREAN} 적으세요.",
        )
    return urlunsplit((scheme, _place(parts, host, port), _path(parts.path), "", ""))


def root_of(base: str) -> str:
    """Return where a server's own calls begin, such as Ollama's /api: the base without its last /v1."""
    return re.sub(r"/v1$", "", base)


def host_of(base: str) -> str:
    """Return the host of an address, without its port."""
    return urlsplit(base).hostname or ""


def is_near(host: str) -> bool:
    """Say whether a host is this machine or one of a private network; a name without a dot is taken for one."""
    return is_private(host) or ("." not in host and ":" not in host)


def _place(parts: SplitResult, host: str, port: int | None) -> str:
    if host == "0.0.0.0":  # what a server listens on is nothing that Windows can connect to
        host = "127.0.0.1"
    host = f"[{host}]" if ":" in host else host
    return host if port is None else f"{host}:{port}"


def _path(path: str) -> str:
    path = re.sub(r"/+", "/", path).rstrip("/")
    for call in _WHOLE_CALLS:
        path = path.removesuffix(call)
    return path if any(_VERSION.fullmatch(part) for part in path.split("/")) else f"{path}/v1"


def _shown(text: str) -> str:
    """Return a typed address without what may be a password or a key in it."""
    return re.sub(r"[?#].*", "", re.sub(r"[^/@]*@", "", text))[:80]
