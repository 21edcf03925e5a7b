"""The inputs that the browser completes are plain inputs with all that the scripts ask for."""

import pytest
from django import forms
from django.http import HttpResponse
from django.urls import include, path

from border.widgets import EDTFInput, PointInput, PointWidget, point_picture

urlpatterns = [
    path("admin/", include(([path("edtf/", lambda request: HttpResponse(), name="edtf")], "admin")))
]


class Date(EDTFInput, forms.TextInput):
    pass


class Styled(PointInput, forms.TextInput):
    pass


@pytest.fixture(autouse=True)
def _site(settings):
    settings.ROOT_URLCONF = __name__
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def test_point_widget_is_a_number_input_that_names_its_fellows():
    html = PointWidget(latitude="lat", uncertainty="metres").render("longitude", "40.9185")
    assert 'type="number"' in html
    assert 'value="40.9185"' in html
    assert 'step="any"' in html
    assert 'data-point-latitude="lat" data-point-uncertainty="metres"' in html
    assert 'data-point-base="/static/border/base.geojson"' in html


def test_point_input_keeps_the_attributes_of_the_form_it_stands_in():
    html = Styled({"class": "wide", "step": "0.1"}).render("longitude", None)
    assert 'type="text"' in html
    assert 'class="wide"' in html
    assert 'step="0.1"' in html


def test_leaflet_comes_before_the_script_that_uses_it():
    scripts = str(PointWidget().media["js"])
    assert 0 < scripts.index("border/vendor/leaflet.js") < scripts.index("border/point.js")


def test_media_of_both_inputs_load_each_file_once():
    media = str(PointWidget().media + Date().media)
    assert media.count("border/admin.css") == 1
    assert media.count("border/edtf.js") == 1


def test_edtf_input_says_where_to_ask_and_reads_left_to_right():
    html = Date().render("period", "2014-06~")
    assert 'data-edtf-url="/admin/edtf/"' in html
    assert " data-edtf " in html
    assert 'dir="ltr"' in html


def test_point_picture_states_the_point_in_words_too():
    html = point_picture(40.9, 34.4, 5000)
    assert 'data-longitude="40.9" data-latitude="34.4" data-uncertainty="5000"' in html
    assert 'aria-label="Map: longitude 40.9, latitude 34.4"' in html


def test_point_picture_of_no_point_is_empty():
    assert point_picture(None, 34.4) == ""
    assert point_picture(40.9, None) == ""


def test_point_picture_escapes_what_it_is_given():
    assert "<script" not in point_picture('"><script>', 34.4)
