"""How names of models, benchmarks and papers are written, in both languages. Data, no behaviour."""

MODEL_NAMES = (
    r"(?:chat)?glm|챗?glm|gpt|chatgpt|챗gpt|llama|라마|qwen|큐웬|claude|클로드|gemini|제미나이|제미니|gemma|mistral"
    r"|미스트랄|mixtral|deepseek|딥시크|phi-?\d|yi-?\d|mplug|idefics|mantis|mmicl|palm|falcon|vicuna|baichuan"
    r"|internlm"
)
# Names, whatever their case, and no words besides.
LOWER_MODELS = r"(?:chat|챗)?(?:glm|gpt)|llama|qwen|chatgpt|deepseek|mistral|mixtral|vicuna|claude|gemma|idefics|mmicl"
VERSIONS = {
    "터보": "Turbo", "오푸스": "Opus", "소네트": "Sonnet", "소넷": "Sonnet", "하이쿠": "Haiku", "미니": "mini",
    "프로": "Pro",
}  # fmt: skip
SIZE = r"\d+(?:\.\d+)?[BM](?:-A\d+B)?(?:-\w+)*"  # parameters: 70B, 57B-A14B-Instruct

BENCHMARK_NAMES = (
    r"[\w-]*(?:Bench|Eval|QA)(?:[-+ ]?[\w.]+)?|MMLU(?:-\w+)?|GSM8[Kk]|MATH|HumanEval\S*|MBPP|BBH|GPQA|C-?Eval|CMMLU"
    r"|ARC\S*|HellaSwag|MGSM|Arena-Hard|MultiPL-E|API-Bank|MT-Bench|MMMU|MME|GAIA|MMIU|MIRB|ImageNet|SQuAD|GLUE"
    r"|BLEU|ROUGE"
)

# Written like names, but terms of the field.
ACRONYMS = (
    r"AI|LLMs?|LMs?|MLLMs?|VLMs?|DPO|PPO|SFT|RL|GPUs?|TPUs?|CPUs?|APIs?|MoE|NLP|NLI|QA|VQA|CoT|ToT|BPE|ICL|ML|GAN"
    r"|PDF|JSON|HTML|URL|OK|ID|UI|FP8|BF16|RoPE|GQA|MFU|FLOPs?|K|N|H\d|KV|GitHub|Github|Wikipedia|Python|A|B|Q|V"
)
NUMBERED = r"\b\d{4}\.\d{4,5}\b|(?:시스템|모듈|레벨|system|module|level) ?\d+(?!\d*[가-힣]*단계)"

# A noun that makes a name of what stands before it: "AGI 논문", "the synthetic data paper".
WORK_NOUNS = (
    r"(?:'s|’s|의)? ?(?P<noun>논문|보고서|리포트|강연|서베이|설문|technical report|papers?|report|survey|talk|poll)"
    r"(?![A-Za-z])"
)
WORK_NAMES = {
    "논문": ("논문", "paper"), "보고서": ("보고서", "report"), "리포트": ("보고서", "report"), "강연": ("강연", "talk"),
    "서베이": ("서베이", "survey"), "설문": ("설문", "poll"), "paper": ("논문", "paper"), "papers": ("논문", "paper"),
    "report": ("보고서", "report"), "technical report": ("보고서", "report"), "survey": ("서베이", "survey"),
    "talk": ("강연", "talk"), "poll": ("설문", "poll"),
}  # fmt: skip
SURVEY = (
    r"(?:(?:자동화?(?:된)? ?)?정렬 )?서베이(?: 논문| 본문)?"
    r"|\b(?:alignment )?survey(?: paper)?\b(?: on (?:automated )?alignment)?"
)
# What the corpus may be called from inside: such a question stands by itself.
SELF = (
    r"(?<![가-힣])(?:이|본) ?(?:논문|서베이|문서|글|노트|라이브러리|보고서|자료)"
    r"|\b(?:this|these|the present) (?:paper|document|article|notes?|library|report|corpus)\b"
)
COMPANION_LIST = r"동반 ?목록|\bcompanion list\b|awesome-auto-alignment(?: (?:repo|list|목록))?"

# Words that are no names when they begin with a capital.
ENGLISH_WORDS = (
    "what|which|who|whom|whose|when|where|why|how|is|are|was|were|be|do|does|did|can|could|should|would|will|shall"
    "|may|might|must|has|have|had|the|a|an|and|or|but|if|in|on|at|to|for|of|with|from|by|as|it|its|this|that|these"
    "|those|there|here|they|their|them|he|she|his|her|him|i|you|we|our|us|my|your|not|no|yes|please|tell|give"
    "|explain|describe|compare|list|name|show|summarize|summarise|any|some|other|another|more|most|also|then|so"
    "|since|because|although|though|while|given|unless|ok|okay|korean|english|chinese|french|german|japanese"
    "|spanish|hindi|thai|swahili|first|second|third|fourth|last"
    "|former|latter|both|all|each|between|about|than|vs|versus|let|need|examples?|according|under|over|through"
)
