"""The content folder to a checked FAQ.

`folder` reads files, `yamltext` and `fields` read keys with their lines, `settings` reads
`site.yaml`, and `validate` checks the whole. Begin with `folder`, then `validate`.
"""
