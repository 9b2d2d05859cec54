"""类别包: what is installed beside perfeval — found, loaded, held against the rest, and kept from printing."""
