from openai import OpenAI

client = OpenAI(
    api_key="mk_xxxxxxxxxxxxxxxx",          # Memory Key only
    base_url="https://api.memoryrouter.ai/v1",
)

response = client.chat.completions.create(
    model="openai/gpt-5.5",
    messages=[{"role": "user", "content": "My name is Alice"}],
)
