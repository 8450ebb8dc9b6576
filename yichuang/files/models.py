from django.db import models


class Blob(models.Model):
    """Some bytes, stored once by their SM3 digest; the file in the data folder is encrypted."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=60)
    key_id = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
