"""Prints who took the pictures of the gallery: python credits.py ACCOUNT_ID

Reads the bucket by R2's S3 API, with the keys that boto3 finds in the environment.
"""

import sys

import boto3

BUCKET = "gallery-images"


def connect(account):
    return boto3.client(
        "s3",
        endpoint_url=f"https://{account}.r2.cloudflarestorage.com",
        region_name="auto",
    )


def photographers(s3):
    """The photographer of each image."""
    found = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET):
        for image in page.get("Contents", []):
            head = s3.head_object(Bucket=BUCKET, Key=image["Key"])
            found[image["Key"]] = head["Metadata"].get("photographer", "unknown")
    return found


if __name__ == "__main__":
    for name, photographer in photographers(connect(sys.argv[1])).items():
        print(f"{name}: {photographer or 'unknown'}")
