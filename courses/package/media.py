"""Images and documents of a package, kept in the course's own collection under their file names."""

import hashlib
from collections.abc import Mapping

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection


class Shelf:
    """Puts files on a course's shelf once, and takes them off it by id."""

    def __init__(self, collection: Collection, contents: Mapping[str, bytes]) -> None:
        self.collection = collection
        self.contents = contents

    def image(self, name: str) -> int:
        """Return the id of the image, stored now unless the same bytes are there."""
        return self._put(Image, name)

    def document(self, name: str) -> int:
        """Return the id of the document, stored now unless the same bytes are there."""
        return self._put(Document, name)

    def _put(self, model: type[Image] | type[Document], name: str) -> int:
        content, title = self.contents[name], name.removeprefix("media/")
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        found = model.objects.filter(collection=self.collection, title=title).first()
        if found and found.file_hash == digest:
            return int(found.pk)
        record = found or model(collection=self.collection, title=title)
        record.file = ContentFile(content, name=title)
        record.file_hash, record.file_size = digest, len(content)
        record.save()
        if found and isinstance(record, Image):
            record.renditions.all().delete()  # they show the picture before
        return int(record.pk)


def collection_of(code: str) -> Collection:
    """Return the collection named by the course code, made under the root when it is new."""
    found = Collection.objects.filter(name=code).first()
    return found or Collection.get_first_root_node().add_child(name=code)


class Taken:
    """Collects the files that an exported course uses."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def image(self, pk: int) -> str:
        return self._take(Image.objects.get(pk=pk))

    def document(self, pk: int) -> str:
        return self._take(Document.objects.get(pk=pk))

    def _take(self, record: Image | Document) -> str:
        with record.file.open("rb") as file:
            content = file.read()
        name = f"media/{record.title}"
        if self.contents.get(name, content) != content:
            name = f"media/{record.pk}-{record.title}"  # two files of one name in two collections
        self.contents[name] = content
        return name
