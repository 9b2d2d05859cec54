"""字段与记录: fields ⇄ records, driven by the metadata of the records; what is doubtful is set aside with its place."""
