"""The content folder to a checked FAQ.

`folder` reads files, `yamltext` and `fields` read keys with their lines, `settings` reads
`site.yaml`, and `validate` checks what only the whole can show. Begin with `folder`, then
`validate`.
"""
