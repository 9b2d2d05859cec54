"""公文: blocks → a docx by GB/T 9704, or into the office's own docx; its PDF."""
