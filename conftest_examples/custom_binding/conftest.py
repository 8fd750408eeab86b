"""Fakes for what is not embedded, for the whole project."""


class ShortAI:
    """Answers like the summarisation model: with the first three words."""

    async def run(self, model, inputs):
        return {"summary": " ".join(inputs["input_text"].split()[:3])}


def pytest_cfbindings_provide(binding, config):
    return ShortAI() if binding.key == "ai" else None


def pytest_cfbindings_env(config, provide):
    provide("LONGEST", 100)
