"""The product's addresses, and that of the bare page."""

from django.urls import path

from bench.pages.bare import page
from gongjian.config import urls as product

urlpatterns = [path("bare/", page), *product.urlpatterns]
handler400, handler404, handler500 = product.handler400, product.handler404, product.handler500
