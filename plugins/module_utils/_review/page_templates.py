# Copyright (c) 2026, the workforce.aws contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page's HTML, as Jinja2 templates. Ansible ships only Python to where a module runs, so they are text in Python.

Whoever changes them: attributes stand in double quotes, for the ids of several accounts are kept apart by them (see
`accounts`); no attribute `style` and no `on…`, which the page's own policy forbids; text is escaped by Jinja2.
"""

from __future__ import annotations

SHELL = r"""
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{{ title }}</title>
<style>{{ style }}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
{% if accounts | length > 1 %}
<nav class="accounts" aria-label="Accounts">
<p class="choice" hidden><label for="choice">Account</label> <select id="choice"></select></p>
<ul>
{% for account in accounts %}
<li><a href="#{{ account.id }}">{{ account.label }}</a></li>
{% endfor %}
</ul>
</nav>
{% endif %}
<main id="main" tabindex="-1">
{{ articles }}
</main>
<script>{{ script }}</script>
</body>
</html>
"""

ARTICLE = r"""
{% from 'parts' import people_of, change_rows, bars %}
<article id="account" data-account="{{ label }}" data-account-id="{{ account.account_id }}">
<header>
<h1>Who has access to AWS account {{ label }}</h1>
<p>Read {{ data.read_at | moment }} as {{ account.caller_arn }}.
Console passwords, access keys and MFA as of {{ data.credentials_as_of | moment }}.</p>
{% if not data.consistent %}
<p class="warning">The account was being changed while it was read: somebody may be missing here.</p>
{% endif %}
<p class="private">This page holds personal data. When it was written, only its owner could read it (mode 0600): keep it
where you would keep a personnel file, and give it to nobody who need not know.</p>
<nav aria-label="Parts of the report">
<ul class="parts">
<li><a href="#decisions">What needs a decision</a></li>
{% if changes %}
<li><a href="#changes">What changed</a></li>
{% endif %}
<li><a href="#pictures">Pictures</a></li>
<li><a href="#people">People</a></li>
<li><a href="#departments">Departments</a></li>
<li><a href="#policies">Policies and roles</a></li>
{% if sheets %}
<li><a href="#sheets">Review sheets</a></li>
{% endif %}
</ul>
</nav>
</header>

<section id="decisions">
<h2>What needs a decision</h2>
<div class="decisions">
{% for one in decisions %}
{% if one.found %}
<details id="d-{{ one.key }}">
<summary><b>{{ one.found | length }}</b> {{ one.title }}</summary>
<p>{{ one.why }}</p>
<ul class="found">
{% for named in one.found %}
<li>{{ links[named.kind, named.name].anchor }}
{%- if named.note %} <span>{{ named.note }}</span>{% endif %}</li>
{% endfor %}
</ul>
</details>
{% else %}
<p class="none" id="d-{{ one.key }}"><b>0</b> {{ one.title }}</p>
{% endif %}
{% endfor %}
</div>
{% if data.policies_not_judged %}
<p>Not judged, since their documents were not read: {{ data.policies_not_judged | join(', ') }}.
Who can become administrator through these is not known.</p>
{% endif %}
</section>

{% if changes %}
<section id="changes">
<h2>What changed since {{ changes.since | moment }}</h2>
<p>{% for word, count in changes.counts.items() %}{{ count }} {{ word }}{{ ', ' if not loop.last }}{% endfor %}.
What a department gained or lost is told once, of the department.</p>
{{ change_rows(changes.people, 'People: who came, left, moved, gained and lost what', 'Person', 'person', links) }}
{{ change_rows(changes.groups, 'Departments: what they gained and lost', 'Department', 'group', links) }}
</section>
{% endif %}

<section id="pictures">
<h2>Pictures</h2>
<div class="pictures">
{% for picture in pictures %}
{{ bars(picture, links) }}
{% endfor %}
</div>
</section>

<section class="new-page" id="people">
<h2>People</h2>
<table class="facts people">
<caption>Each person, what they may do, and through which department</caption>
<thead><tr><th scope="col">Person</th><th scope="col">Id</th><th scope="col">State</th>
<th scope="col">May do, and through what</th><th scope="col">Console</th><th scope="col">Access keys</th>
<th scope="col">Last sign-in</th></tr></thead>
<tbody>
{% for row in tables.people %}
<tr id="{{ row.link.id }}"><th scope="row">{{ row.link.name }}
{%- if row.path %} <small>{{ row.path }}</small>{% endif %}</th>
<td>{{ row.employee_id }}</td><td>{{ row.kind }}{% if row.state %}, {{ row.state }}{% endif %}</td><td><ul>
{% for each in row.given %}
<li>{{ each.line }}</li>
{% endfor %}
{% if row.own %}
<li>of their own: {{ row.own | anchors }}</li>
{% endif %}
{% if row.boundary %}
<li>within the boundary {{ row.boundary }}</li>
{% endif %}
{% if row.administrator %}
<li><strong>can become administrator</strong> {{ row.administrator }}</li>
{% endif %}
</ul></td><td>{{ row.sign_in }}</td><td>{{ row.keys }}</td><td>{{ row.last_sign_in }}</td></tr>
{% endfor %}
</tbody>
</table>
</section>

<section class="new-page" id="departments">
<h2>Departments</h2>
<table class="facts departments">
<caption>Each department, and who sits in it</caption>
<thead><tr><th scope="col">Department</th><th scope="col">Kind</th><th scope="col">People</th>
<th scope="col">Policies</th><th scope="col">MFA</th></tr></thead>
<tbody>
{% for row in tables.groups %}
<tr id="{{ row.link.id }}"><th scope="row">{{ row.link.name }} <small>{{ row.path }}</small></th><td>{{ row.kind }}</td>
<td>{{ people_of(row.members, true) }}</td>
<td>{{ row.policies | anchors }}</td>
<td>{{ row.mfa }}</td></tr>
{% endfor %}
</tbody>
</table>
</section>

<section class="new-page" id="policies">
<h2>Policies and roles</h2>
<table class="facts policies">
<caption>Each policy and role, and who reaches it</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Held by</th>
<th scope="col">Who reaches it</th></tr></thead>
<tbody>
{% for row in tables.policies %}
<tr id="{{ row.link.id }}"><th scope="row">{{ row.link.name }}
{%- if row.arn %} <small>{{ row.arn }}</small>{% endif %}</th>
<td>{{ row.kind }}</td>
<td>{{ row.groups | anchors }}{{ '; ' if row.groups and row.people }}
{%- if row.people %}directly: {{ row.people | anchors }}{% endif %}</td>
<td>{{ people_of(row.reached, false) }}</td></tr>
{% endfor %}
</tbody>
</table>
</section>

{% if sheets %}
{% include 'sheets' %}
{% endif %}
</article>
"""

PARTS = r"""
{# The folded lists of policies are without links: in a large account the page would be a third longer. #}
{% macro people_of(links, folded_links) -%}
{% if links | length > few %}
<details><summary>{{ links | length }} people</summary>
{{ links | anchors if folded_links else links | names }}</details>
{%- elif links -%}
{{ links | length }}: {{ links | anchors }}
{%- else -%}
nobody
{%- endif %}
{%- endmacro %}

{% macro change_rows(rows, caption, title, kind, links) %}
{% if rows %}
<table class="facts changes">
<caption>{{ caption }}</caption>
<thead><tr><th scope="col">{{ title }}</th><th scope="col">What</th><th scope="col">Moved</th>
<th scope="col">Gained</th><th scope="col">Lost</th></tr></thead>
<tbody>
{% for row in rows %}
<tr><th scope="row">{{ links[kind, row.name].anchor if (kind, row.name) in links else row.name }}</th>
<td>{{ row.what }}</td><td>{{ ', '.join(row.moved) }}</td><td>{{ ', '.join(row.gained) }}</td>
<td>{{ ', '.join(row.lost) }}</td></tr>
{% endfor %}
</tbody>
</table>
{% endif %}
{% endmacro %}

{% macro bars(picture, links) %}
<div class="picture"><table class="bars" id="c-{{ picture.key }}">
<caption>{{ picture.title }}</caption>
<thead><tr><th scope="col">Which</th><td></td><th scope="col">How many</th></tr></thead>
<tbody>
{% for bar in picture.bars %}
<tr><th scope="row">{{ links['group', bar.group].anchor if bar.group else bar.label }}</th>
<td><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
<rect class="rest" width="100" height="8"/><rect class="part" width="{{ bar.percent }}" height="8"/></svg></td>
<td>{{ picture.told(bar) }}</td></tr>
{% endfor %}
</tbody>
</table>
{% if not picture.bars %}
<p>Nothing to show.</p>
{% endif %}
{% if picture.more %}
<p>{{ picture.more }}.</p>
{% endif %}
</div>
{% endmacro %}
"""

SHEETS = r"""
<section id="sheets">
<h2 class="tick">Review sheets</h2>
<p class="tick">One sheet for each department. Tick keep or remove for each person, on paper or here, and sign. Answers
that were ticked here are saved as a file, <code>answers.csv</code>; those on paper are typed into one.</p>
<p class="save" hidden><button type="button">Save the answers</button> <output></output></p>
{% for sheet in sheets %}
<section class="sheet" data-department="{{ sheet.group.link.name }}">
<h3>{{ sheet.group.link.name }}</h3>
<p>Account {{ label }}, read {{ data.read_at | moment }}.
{% if sheet.group.policies %}
Whoever sits here holds {{ sheet.group.policies | map(attribute='name') | join(', ') }}.
{% else %}
This department holds no policy.
{% endif %}</p>
<table class="answers">
<caption>Should each of them stay in {{ sheet.group.link.name }}?</caption>
<thead><tr><th scope="col">Person</th><th scope="col">Id</th><th scope="col">Last seen</th>
<th scope="col">Also may, and through what</th><th scope="col">Keep</th><th scope="col">Remove</th></tr></thead>
<tbody>
{% for row in sheet.people %}
{% set place = sheet.group.link.id ~ '-' ~ row.link.id %}
<tr data-person="{{ row.link.name }}"><th scope="row">{{ row.link.name }}
{%- if row.state %} <small>{{ row.state }}</small>{% endif %}</th>
<td>{{ row.employee_id }}</td><td>{{ row.last_seen }}</td><td>{{ row.also(sheet.group.link.id) }}</td>
<td><input type="radio" name="{{ place }}" value="keep" aria-label="Keep {{ row.link.name }}"></td>
<td><input type="radio" name="{{ place }}" value="remove" aria-label="Remove {{ row.link.name }}"></td></tr>
{% endfor %}
</tbody>
</table>
<p class="sign"><label>Name <input type="text" class="by" autocomplete="off"></label>
<label>Date <input type="text" class="date" autocomplete="off" placeholder="YYYY-MM-DD"></label>
<span>Signature</span></p>
</section>
{% endfor %}
</section>
"""

TEMPLATES = {"shell": SHELL, "article": ARTICLE, "parts": PARTS, "sheets": SHEETS}
