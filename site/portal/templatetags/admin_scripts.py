"""The nonce in the editor's templates."""

from django import template

from portal import admin_scripts

register = template.Library()
register.simple_tag(admin_scripts.attribute, name="nonce_attribute")
