from django import template

from ethicsforum.accounts.devices import device_name

register = template.Library()
register.filter("device", device_name)
