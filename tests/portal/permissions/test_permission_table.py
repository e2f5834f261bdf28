"""Who may use which address: one table over all of ours, and what each role is answered.

Each row is an address, each column a role, each cell the answer:

    ok  the page (200)              in  sent to sign in (302)      go  led elsewhere (302)
    no  does not exist for them (404)   dn  may not (403)          x   not by this method (405)
    so  signed out, said to a script (401)

Every address names something of somebody else but the judge's: the attempts, the note, the
certificate and the enrolment are the judge's (`jud`), so all other columns of their rows are the
foreign objects. The prosecutor (`pro`) takes the same course; `tra` teaches it, `oth` another.
"""

# ruff: noqa: E501 - a table is read across

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User

from .world import ANSWER, ESSAY, NOTE, ROLES, World

WHO = ("nobody", *ROLES)
ANSWERS = {"ok": 200, "in": 302, "go": 302, "no": 404, "dn": 403, "x": 405, "so": 401}

# Asked for with GET.
SEEN = """
#                             nob out jud pro tra oth tsl leg reg aud adm  why
alive                          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  for the machine that watches
ready                          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  for the machine that watches
home                           ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  the front door
help                           ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public
accessibility                  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public
privacy                        ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public: who sees what
display                        ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  colours and text only, also without an account
styleguide                     ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  in the demo alone, see below
picture                        ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  pictures carry no personal data
wagtaildocs_serve              ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  hand-outs of lessons
courses:catalogue              ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public
courses:course                 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public overview
courses:part                   go  go  go  go  go  go  go  go  go  go  go  a module leads to its place in the overview
courses:item                   go  go  ok  ok  ok  go  ok  ok  ok  ok  ok  who takes part or works on the course
courses:compare_law            ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public law
courses:compare_law_file       ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  the same as a file
courses:handbook               go  go  ok  ok  ok  go  ok  ok  ok  ok  ok  who takes part or works on the course
courses:handbook_file          no  no  ok  ok  ok  no  ok  ok  ok  ok  ok  who takes part or works on the course
courses:my_learning            in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  one's own
courses:join                    x   x   x   x   x   x   x   x   x   x   x  a button alone
courses:renew                  in  no  ok  no  no  no  no  no  no  no  no  one\'s own certificate
courses:name                   in  no  ok  no  no  no  no  no  no  no  no  who was asked for the name
courses:save_note              in   x   x   x   x   x   x   x   x   x   x  a button alone
courses:text_only               x   x   x   x   x   x   x   x   x   x   x  a button alone
courses:figures                in  no  no  no  ok  no  no  no  ok  ok  ok  groups only: the course's trainers, staff, auditors
courses:figures_test           in  no  no  no  ok  no  no  no  ok  ok  ok  groups only: the course's trainers, staff, auditors
courses:figures_question       in  no  no  no  ok  no  no  no  ok  ok  ok  groups only: the course's trainers, staff, auditors
courses:figures_gain           in  no  no  no  ok  no  no  no  ok  ok  ok  groups only: the course's trainers, staff, auditors
courses:figures_vignettes      in  no  no  no  ok  no  no  no  ok  ok  ok  groups only; learners of a cohort after handing in
courses:figures_questions_file in  no  no  no  no  no  no  no  no  no  no  there is no file about fewer than ten people
courses:figures_gain_file      in  no  no  no  no  no  no  no  no  no  no  there is no file about fewer than ten people
certificates:verify            ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  anyone checks a number
certificates:verify_number     ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  anyone who has the number
certificates:verify_file        x   x   x   x   x   x   x   x   x   x   x  a button alone
certificates_published:keys    ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  keys are public
certificates_published:revocations ok ok ok ok  ok  ok  ok  ok  ok  ok  ok  handles without names or numbers, public
certificates_published:checker ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  a file to save
certificates_published:certificate ok ok ok ok  ok  ok  ok  ok  ok  ok  ok  programs that have the number
certificates:certificate       in  no  ok  no  no  no  no  no  no  no  no  the holder's page
certificates:pdf               in  no  ok  no  no  no  no  no  ok  no  ok  the holder, and who issues it
certificates:two_languages     in  no  go  no  no  no  no  no  no  no  no  leads the holder to the file
certificates:picture           in  no  ok  no  no  no  no  no  ok  no  ok  the holder, and who issues it
certificates:request_transcript x   x   x   x   x   x   x   x   x   x   x  a button alone
certificates:credential        in  no  ok  no  no  no  no  no  ok  no  ok  the holder, and who issues it
certificates:credential_token  in  no  ok  no  no  no  no  no  ok  no  ok  the holder, and who issues it
certificates_published:did     ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  keys are public
certificates_published:status  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  bits without names, public
certificates_published:status_token ok ok ok ok ok ok  ok  ok  ok  ok  ok  bits without names, public
assessments:resume             in  no  go  no  no  no  no  no  no  no  no  one's own attempt, nobody else's
assessments:attempt            in  no  ok  no  no  no  no  no  no  no  no  one's own attempt, nobody else's
assessments:review             in  no  ok  no  no  no  no  no  no  no  no  one's own attempt, nobody else's
assessments:result             in  no  ok  no  no  no  no  no  no  no  no  one's own marks, nobody else's
assessments:sheets             in  no  ok  no  no  no  no  no  no  no  no  one's own attempt, nobody else's
assessments:kept_answers       in  no  ok  no  no  no  no  no  no  no  no  one's own attempt, nobody else's
assessments:own_file           in  no  ok  no  no  no  no  no  no  no  no  one's own file, nobody else's
assessments:calibration        in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  one's own certainty, nobody else's
assessments:submit             in   x   x   x   x   x   x   x   x   x   x  a button alone
assessments:autosave            x   x   x   x   x   x   x   x   x   x   x  a script's alone
assessments:media              in  no  ok  no  ok  ok  ok  ok  no  no  ok  who has the question on a paper, and who reads its category
bank:import                    in  no  no  no  ok  ok  no  no  no  no  ok  who writes questions
bank:import_one                in  no  no  no  ok  no  no  no  no  no  no  the one who handed the file in
bank:import_media              in  no  no  no  ok  no  no  no  no  no  no  the one who handed the file in
bank:export                    in  no  no  no  ok  ok  no  no  no  no  ok  who writes questions
bank:export_file               in  no  no  no  go  go  no  no  no  no  go  who writes questions, led to choose some
bank:template                  in  no  no  no  ok  ok  no  no  no  no  ok  who writes questions
assessments:marking            in  no  no  no  ok  ok  no  no  no  no  ok  what waits for oneself, without the names
assessments:take               in   x   x   x   x   x   x   x   x   x   x  a button alone
assessments:mark               in  no  no  no  ok  no  no  no  no  no  no  the one trainer who took it
assessments:put_back           in   x   x   x   x   x   x   x   x   x   x  a button alone
assessments:answer_file        in  no  no  no  ok  no  no  no  no  no  no  the one trainer who took it
assessments:regrades           in  no  no  no  ok  ok  no  no  ok  no  ok  trainers for their courses, staff for all; no names
assessments:regrade_new        in  no  no  no  ok  no  no  no  ok  no  ok  trainers of the course, and staff
assessments:regrade            in  no  no  no  ok  no  no  no  ok  no  ok  trainers of the course, and staff; no names
bank:list                      in  no  no  no  ok  ok  ok  ok  no  no  ok  who writes, reviews or translates questions
bank:duplicates                in  no  no  no  ok  ok  ok  ok  no  no  ok  who writes, reviews or translates questions
bank:bulk                      in  no  no  no  ok  ok  no  no  no  no  ok  trainers write questions
bank:kinds                     in  no  no  no  ok  ok  no  no  no  no  ok  trainers write questions
bank:new                       in  no  no  no  ok  ok  no  no  no  no  ok  trainers write questions
bank:question                  in  no  no  no  ok  no  ok  ok  no  no  ok  the trainers of the course, and who reads all
bank:variants                  in  no  no  no  ok  no  no  no  no  no  ok  the questions of a course are its trainers'
bank:versions                  in  no  no  no  ok  no  ok  ok  no  no  ok  the trainers of the course, and who reads all
bank:edit                      in  no  no  no  ok  no  no  no  no  no  ok  the questions of a course are its trainers'
bank:law_new                   in  no  no  no  ok  no  no  no  no  no  ok  the questions of a course are its trainers'
bank:law                       in  no  no  no  ok  no  no  no  no  no  ok  the questions of a course are its trainers'
bank:translate                 in  no  no  no  ok  no  ok  no  no  no  ok  translators, and the trainers of the course
bank:translate_next            in  no  no  no  go  go  go  no  no  no  go  leads whoever translates to a question
bank:comment                   in  no  no  no   x   x   x   x  no  no   x  a button alone
bank:settle                    in  no  no  no   x   x   x   x  no  no   x  a button alone
courses:cited_law              in  no  no  no  ok  ok  ok  ok  no  no  ok  who writes, reviews or translates questions
courses:cited_law_checked      in  no  no  no   x   x   x   x  no  no   x  a button alone
accounts:profile               in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  one's own
accounts:invitation            ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  who has the letter; accepts only the invited
accounts:apply                 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public
accounts:applied               ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public
accounts:confirm_application   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  who has the letter
accounts:outbox                no  no  no  no  no  no  no  no  ok  no  ok  in the demo alone, see below
accounts:letter                no  no  no  no  no  no  no  no  ok  no  ok  in the demo alone, see below
accounts:letter_html           no  no  no  no  no  no  no  no  ok  no  ok  in the demo alone, see below
programmes:index               in  no  no  no  no  no  no  no  go  go  go  leads to the cohorts
programmes:cohorts             in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:cohort              in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:cohort_export       in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:cohort_syllabus     in  no  no  no  no  no  no  no  ok  ok  ok  staff see what a move does, auditors too
programmes:learners            in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:export              in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:learner             in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:applications        in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors without the address
programmes:cohort_new          in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:cohort_edit         in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:enrol               in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:ceremony            in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:names               in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:names_list          in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:run                 in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:run_file            in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:extra_time          in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:attempts            in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:change              in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:issue               in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:revoke              in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:certificates        in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:certificates_export in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:certificate         in  no  no  no  no  no  no  no  ok  ok  ok  staff see, auditors too
programmes:renew               in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:renew_again         in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:correct_name        in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:transcript          in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:designs             in  no  no  no  ok  ok  no  no  ok  ok  ok  trainers try how certificates come out
programmes:design              in  no  no  no  ok  ok  no  no  ok  ok  ok  trainers try how certificates come out
programmes:design_sample       in  no  no  no  ok  ok  no  no  ok  ok  ok  trainers try how certificates come out
programmes:design_picture      in  no  no  no  ok  ok  no  no  ok  ok  ok  trainers try how certificates come out
programmes:design_new          in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:design_edit         in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:design_remove       in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:application         in  no  no  no  no  no  no  no  ok  no  ok  personal data of an applicant
programmes:approve             in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:decline             in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:approve_request     in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:decline_request     in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:exams               in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:exam                in  no  no  no  no  no  no  no  ok  no  ok  codes and passwords of rooms
programmes:exam_marking        in  no  no  no  no  no  no  no  ok  no  ok  numbers of answers, names of markers
programmes:exam_exception      in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:exam_exception_withdraw in no no no no no  no  no  ok  no  ok  staff act, auditors do not
programmes:room_new            in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:room_sheet          in  no  no  no  no  no  no  no  ok  no  ok  codes of rooms
programmes:room_withdraw       in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:late_answers        in  no  no  no  no  no  no  no  ok  no  ok  times alone, not what was answered
programmes:late_answer         in  no  no  no  no  no  no  no  ok  no  ok  times alone, not what was answered
"""

# Sent with POST, filled in as far as `World.forms` says: "ok" is a form that is shown again.
DONE = """
#                             nob out jud pro tra oth tsl leg reg aud adm  why
display                        go  go  go  go  go  go  go  go  go  go  go  one's own colours
courses:item                   go  go  go  go  go  go  go  go  go  go  go  changes something for who takes part
courses:handbook               go  go  go  go  go  go  go  go  go  go  go  asks for it, or leads those away who may not read
courses:join                   in  go  go  go  go  go  go  go  go  go  go  anyone signed in may ask for a course
courses:renew                  in  no  go  no  no  no  no  no  no  no  no  one\'s own certificate
courses:name                   in  no  go  no  no  no  no  no  no  no  no  who was asked for the name
courses:save_note              in  no  go  go  no  no  no  no  no  no  no  who takes part, for themselves
certificates:verify_file       ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  anyone who has a file
certificates:request_transcript in go  go  go  go  go  go  go  go  go  go  one's own, or nothing to list
courses:text_only              go  go  go  go  go  go  go  go  go  go  go  one's own device, also without an account
assessments:attempt            in  no  go  no  no  no  no  no  no  no  no  one's own attempt
assessments:submit             in  no  go  no  no  no  no  no  no  no  no  one's own attempt
assessments:kept_answers       in  no  ok  no  no  no  no  no  no  no  no  one's own attempt
assessments:autosave           so  no  ok  no  no  no  no  no  no  no  no  one's own attempt
bank:import                    in  no  no  no  ok  ok  no  no  no  no  ok  who writes questions
bank:import_one                in  no  no  no  go  no  no  no  no  no  no  the one who handed the file in
assessments:take               in  no  no  no  go  no  no  no  no  no  go  trainers of the course, and administrators
assessments:mark               in  no  no  no  ok  no  no  no  no  no  no  the one trainer who took it
assessments:put_back           in  no  no  no  go  no  no  no  no  no  no  the one trainer who took it
assessments:regrade_new        in  no  no  no  ok  no  no  no  ok  no  ok  trainers of the course, and staff
assessments:regrade            in  no  no  no  go  no  no  no  go  no  go  trainers of the course, and staff
bank:bulk                      in  no  no  no  ok  ok  no  no  no  no  ok  trainers write questions
bank:new                       in  no  no  no  ok  ok  no  no  no  no  ok  trainers write questions
bank:edit                      in  no  no  no  ok  no  no  no  no  no  ok  the questions of a course are its trainers'
bank:variants                  in  no  no  no  ok  no  no  no  no  no  ok  the questions of a course are its trainers'
bank:law_new                   in  no  no  no  ok  no  no  no  no  no  ok  the questions of a course are its trainers'
bank:translate                 in  no  no  no  ok  no  ok  no  no  no  ok  translators, and the trainers of the course
bank:comment                   in  no  no  no  go  no  no  go  no  no  go  who reviews and who writes; translators read
bank:settle                    in  no  no  no  go  no  no  no  no  no  go  who said it, the trainers of the course
courses:cited_law_checked      in  no  no  no  go  no  no  go  no  no  go  legal reviewers, the trainers of the question
accounts:profile               in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  one's own
accounts:invitation            ok  go  go  go  go  go  go  go  go  go  go  not theirs: led back, nothing accepted
accounts:apply                 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  public
accounts:confirm_application   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  who has the letter
programmes:index               in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:cohorts             in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:cohort              in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:cohort_export       in  no  no  no  no  no  no  no   x   x   x  a file to read
programmes:cohort_syllabus     in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:learners            in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:export              in  no  no  no  no  no  no  no   x   x   x  a file to read
programmes:learner             in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:applications        in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:application         in  no  no  no  no  no  no  no   x  no   x  a page to read
programmes:cohort_new          in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:cohort_edit         in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:enrol               in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:ceremony            in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:names               in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:names_list          in  no  no  no  no  no  no  no   x  no   x  a page to read
programmes:run                 in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:run_file            in  no  no  no  no  no  no  no   x  no   x  a file to read
programmes:extra_time          in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:attempts            in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:change              in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:issue               in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:revoke              in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:certificates        in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:certificates_export in  no  no  no  no  no  no  no   x   x   x  a file to read
programmes:certificate         in  no  no  no  no  no  no  no   x   x   x  a page to read
programmes:renew               in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:renew_again         in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:correct_name        in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:transcript          in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:designs             in  no  no  no   x   x  no  no   x   x   x  a page to read
programmes:design              in  no  no  no   x   x  no  no   x   x   x  a page to read
programmes:design_sample       in  no  no  no   x   x  no  no   x   x   x  a file to read
programmes:design_picture      in  no  no  no   x   x  no  no   x   x   x  a picture to see
programmes:design_new          in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:design_edit         in  no  no  no  no  no  no  no  ok  no  ok  staff act, auditors do not
programmes:design_remove       in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:approve             in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:decline             in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:approve_request     in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:decline_request     in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:exams               in  no  no  no  no  no  no  no   x  no   x  a page to read
programmes:exam                in  no  no  no  no  no  no  no   x  no   x  a page to read
programmes:exam_marking        in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:exam_exception      in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:exam_exception_withdraw in no no no no no  no  no  go  no  go  staff act, auditors do not
programmes:room_new            in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:room_sheet          in  no  no  no  no  no  no  no   x  no   x  a page to read
programmes:room_withdraw       in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
programmes:late_answers        in  no  no  no  no  no  no  no   x  no   x  a page to read
programmes:late_answer         in  no  no  no  no  no  no  no  go  no  go  staff act, auditors do not
"""

ELSEWHERE = {"cms/": "test_other_addresses.py", "account/": "test_other_addresses.py"}
# pages about the running of quizzes read their rows, but neither an answer nor a mark
RUNNING = tuple(f"programmes:{name}" for name in ("exam", "room_", "late_answer"))
ANSWERS_AND_MARKS = (
    "assessments_step",
    "assessments_paperitem",
    '"assessments_lateanswer"."data"',
    '"assessments_attempt"."fraction"',
    '"assessments_attempt"."passed"',
    '"paper_data"',
)
DEMO_ONLY = ("styleguide", "accounts:outbox", "accounts:letter", "accounts:letter_html")


def rows(table: str) -> dict[str, tuple[str, ...]]:
    """Return the cells of each row by the name of its address."""
    lines = [line.split() for line in table.strip().splitlines() if not line.startswith("#")]
    assert all(len(line) > 1 + len(WHO) for line in lines), "a row lacks a cell or its reason"
    found = {line[0]: tuple(line[1 : 1 + len(WHO)]) for line in lines}
    assert len(found) == len(lines), "an address stands twice"
    return found


def address(world: World, name: str) -> str:
    """Return the address with the arguments that the world has for it."""
    found = reverse(name, args=world.arguments.get(name, []))
    return found + (f"?act=withdraw&who={world.taken.key}" if name == "programmes:change" else "")


def answered(client: Client, method: str, path: str, form: dict[str, str]) -> Any:
    """Return the answer to a request that leaves nothing behind."""
    cache.clear()
    with transaction.atomic():
        answer = client.post(path, form) if method == "POST" else client.get(path)
        answer.words = answer.getvalue().decode(errors="replace")
        transaction.set_rollback(True)
    return answer


def test_every_page_answers_each_role_as_the_table_says(
    world: World, browse: Callable[[User | None], Client]
) -> None:
    wrong: list[str] = []
    for column, who in enumerate(WHO):
        client = browse(world.people[who])
        for name, cells in rows(SEEN).items():
            with CaptureQueriesContext(connection) as asked:
                answer = answered(client, "GET", address(world, name), {})
            wrong += told(who, name, cells[column], answer)
            wrong += shown_of_the_judge(who, name, answer.words, asked)
            wrong += unguarded(who, name, answer)
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_button_answers_each_role_as_the_table_says(
    world: World, browse: Callable[[User | None], Client]
) -> None:
    wrong: list[str] = []
    for column, who in enumerate(WHO):
        client = browse(world.people[who])
        for name, cells in rows(DONE).items():
            answer = answered(client, "POST", address(world, name), world.forms.get(name, {}))
            wrong += told(who, name, cells[column], answer)
    assert not wrong, "\n" + "\n".join(wrong)


def told(who: str, name: str, cell: str, answer: Any) -> list[str]:
    """Return a line when the answer is not the one that the cell states."""
    place = answer.headers.get("Location", "")
    if answer.status_code == ANSWERS[cell] and ("/account/login/" in place) is (cell == "in"):
        return []
    return [f"{name} for {who}: {cell} expected, was {answer.status_code} {place}"]


def shown_of_the_judge(who: str, name: str, words: str, asked: Iterable[dict[str, str]] = ()) -> list[str]:
    """Return a line for all that the author alone, and of the essay the marker, should be shown."""
    if who == "judge":
        return []
    may = {ESSAY} if (who, name) == ("trainer", "assessments:mark") else set()
    texts = [text for text in (ANSWER, ESSAY, NOTE) if (text in words) != (text in may)]
    read = " ".join(query["sql"] for query in asked) if name.startswith("programmes:") else ""
    never = ANSWERS_AND_MARKS if name.startswith(RUNNING) else ("assessments_",)
    tables = [table for table in (*never, "courses_reflectionnote") if table in read]
    return [f"{name} for {who}: {found}" for found in (*texts, *tables)]


def unguarded(who: str, name: str, answer: Any) -> list[str]:
    """Return a line when a page has no strict policy; the demo's letters alone are drawn with styles."""
    if answer.status_code != 200 or name in ("accounts:letter_html", "wagtaildocs_serve"):
        return []
    policy = answer.headers.get("Content-Security-Policy", "")
    strict = "default-src 'none'" in policy and "unsafe" not in policy and "data:" not in policy
    return [] if strict else [f"{name} for {who}: policy {policy}"]


def test_the_author_is_shown_what_they_wrote(world: World, browse: Callable[[User], Client]) -> None:
    client = browse(world.people["judge"])
    assert ANSWER in client.get(address(world, "assessments:attempt")).text
    assert ANSWER in client.get(address(world, "assessments:result")).text


def test_pages_of_the_demo_exist_for_nobody_outside_the_demo(
    world: World, browse: Callable[[User | None], Client], settings: Any
) -> None:
    settings.DEMO = False
    for who in WHO:
        for name in DEMO_ONLY:
            answer = answered(browse(world.people[who]), "GET", address(world, name), {})
            assert answer.status_code == 404, (who, name)


def addresses(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield each address of the site with its name, name spaces before it."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path.removeprefix(f"{settings.LANGUAGE_CODE}/"), f"{space}{entry.name or ''}"
        else:
            yield from addresses(entry, path, f"{space}{entry.namespace}:" if entry.namespace else space)


def test_the_table_names_every_address_and_no_other() -> None:
    ours = {name for path, name in addresses(get_resolver()) if not path.startswith(tuple(ELSEWHERE))} - {
        "wagtaildocs_authenticate_with_password"
    }
    assert ours == set(rows(SEEN))
    assert set(rows(DONE)) <= ours


def test_every_button_needs_the_word_that_its_page_carries(
    world: World, browse: Callable[[User | None], Client]
) -> None:
    """What another site makes a browser send is refused, whoever is signed in."""
    for who in ("judge", "trainer", "registrar"):
        client = browse(world.people[who])
        client.handler.enforce_csrf_checks = True
        for name in rows(DONE):
            answer = answered(client, "POST", address(world, name), world.forms.get(name, {}))
            assert answer.status_code == 403, (who, name)


def test_what_may_not_be_sent_is_refused_whoever_sends_it(
    world: World, browse: Callable[[User | None], Client]
) -> None:
    """Addresses outside the second table take no POST."""
    for name in set(rows(SEEN)) - set(rows(DONE)) - {"picture", "wagtaildocs_serve"}:
        answer = answered(browse(world.people["judge"]), "POST", address(world, name), {})
        assert answer.status_code in (302, 404, 405), name
