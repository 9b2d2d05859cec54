"""模型: bare records — what a framework, a case, a plan and an evaluation are made of."""
