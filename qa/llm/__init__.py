"""Written answers by a language model: a question with its sources in, whole sentences with what they cite out.

The model may be on any server that speaks as OpenAI's does: `endpoint` asks it, `servers` finds those on this machine,
`prompt` says what is asked, `sentences` reads what is written, `write` joins them. Nothing here judges whether a
sentence is true to what it cites, and of the environment only proxies are read here.
"""
