"""Documents: the public shape of a record, declared once as a serializer.

The same declaration is an ordinary Django REST framework serializer, an SQL expression that makes the same bytes
for any number of rows in one statement, and the schema of the OpenAPI document.
"""
