from django.db import models


class Blob(models.Model):
    """Some bytes, stored once by their SM3 digest; the file in the data folder is encrypted and names its own key."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
