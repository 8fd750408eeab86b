"""R2's S3 API, over the same service as the binding.

Which operations there are, what each refuses and in which words was captured from real
R2 by Cloudflare (miniflare 4's S3 endpoint for local buckets says so, 2026-06-11).
Signatures are not checked: any key of a client opens the bucket.
"""
