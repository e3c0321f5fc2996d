from django.urls import path

from funding.views import access, awards, lines, purchases, reclassifications, shares, units

urlpatterns = [
    path("awards/", awards.award_list, name="awards"),
    path("awards/new/", awards.award_edit, name="award-new"),
    path("awards/<int:pk>/", awards.award_detail, name="award"),
    path("awards/<int:pk>/edit/", awards.award_edit, name="award-edit"),
    path("parameters/", awards.parameters, name="parameters"),
    path("purchases/", purchases.purchase_list, name="purchases"),
    path("purchases/new/", purchases.purchase_new, name="purchase-new"),
    path("purchases/<int:pk>/", purchases.purchase_detail, name="purchase"),
    path("purchases/<int:pk>/edit/", purchases.purchase_edit, name="purchase-edit"),
    path("purchases/<int:pk>/receive/", purchases.purchase_receive, name="purchase-receive"),
    path("purchases/<int:pk>/lines/new/", lines.line_new, name="line-new"),
    path("purchases/<int:pk>/lines/<int:number>/", lines.line_edit, name="line-edit"),
    path("purchases/<int:pk>/lines/<int:number>/remove/", lines.line_remove, name="line-remove"),
    path("purchases/<int:pk>/lines/<int:number>/units/", units.unit_list, name="units"),
    path("purchases/<int:pk>/share/", shares.purchase_share, name="purchase-share"),
    path("reclassifications/", reclassifications.reclassification_list, name="reclassifications"),
    path(
        "reclassifications/<int:pk>/", reclassifications.reclassification, name="reclassification"
    ),
    path("programs/", awards.programs, name="programs"),
    path("units/<int:pk>/cost/", units.unit_cost, name="unit-cost"),
    path("units/<int:pk>/share/", shares.unit_share, name="unit-share"),
    path("units/<int:pk>/void/", units.unit_void, name="unit-void"),
    path("users/invite-auditor/", access.auditor_invite, name="auditor-invite"),
    path("users/<int:pk>/award/", access.user_award, name="user-award"),
    path("award-access/<int:pk>/end/", access.award_access_end, name="award-access-end"),
    path("vendors/", purchases.vendors, name="vendors"),
]
