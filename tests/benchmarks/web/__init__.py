"""What the pages cost a phone: transfer sizes, Lighthouse, and the app without network. `just bench-web`."""
