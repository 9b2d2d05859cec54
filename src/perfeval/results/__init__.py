"""结果: what an evaluation is made of — scores, judgements, findings — and why each point is what it is."""
