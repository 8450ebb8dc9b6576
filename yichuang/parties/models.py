from django.db import models

from yichuang.kit.jinja import mask_number, mask_phone
from yichuang.kit.secret import unseal
from yichuang.parties.rules import ID_TYPES, PartyKind


class Party(models.Model):
    """A person or organisation that applies, once however often it comes.

    The two index columns stand side by side during a key rotation: under the current and under the previous key.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    id_type = models.CharField(max_length=20)
    identifier_sealed = models.CharField(max_length=200)
    identifier_index = models.CharField(max_length=64)
    identifier_index_next = models.CharField(max_length=64, blank=True)
    phone_sealed = models.CharField(max_length=120, blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    phone_index_next = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="party_once", fields=["id_type", "identifier_index"]),
            models.CheckConstraint(name="party_kind_known", condition=models.Q(kind__in=[k.value for k in PartyKind])),
            models.CheckConstraint(
                name="party_id_type_known", condition=models.Q(id_type__in=[str(t) for t in ID_TYPES])
            ),
        ]
        indexes = [
            models.Index(name="party_index_next", fields=["identifier_index_next"]),
            models.Index(name="party_phone", fields=["phone_index"]),
            models.Index(name="party_name", fields=["name"]),
        ]

    def __str__(self) -> str:
        return f"party {self.pk}"  # Never the name: this string reaches logs.

    @property
    def identifier(self) -> str:
        return unseal(self.identifier_sealed, table="party", column="identifier", row=self.pk)

    @property
    def phone(self) -> str:
        return unseal(self.phone_sealed, table="party", column="phone", row=self.pk)

    @property
    def masked_identifier(self) -> str:
        return mask_number(self.identifier)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone) if self.phone_sealed else ""

    @property
    def id_type_label(self) -> str:
        return ID_TYPES[self.id_type]
