// @generated automatically by Diesel CLI.

diesel::table! {
    account_codes (code_hash) {
        code_hash -> Bytea,
        account_id -> Uuid,
        purpose -> Text,
        email_hash -> Nullable<Bytea>,
        email_sealed -> Nullable<Bytea>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    accounts (id) {
        id -> Uuid,
        revision -> Int8,
        display_name -> Text,
        role -> Text,
        email_hash -> Nullable<Bytea>,
        email_sealed -> Nullable<Bytea>,
        password_hash -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        bio -> Text,
        website -> Nullable<Text>,
        name_skeleton -> Text,
        banned_at -> Nullable<Timestamptz>,
        banned_until -> Nullable<Timestamptz>,
        ban_reason -> Nullable<Text>,
        erase_at -> Nullable<Timestamptz>,
        erase_comments -> Nullable<Text>,
        erased_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    alerts (id) {
        id -> Uuid,
        comment_id -> Uuid,
        priority -> Int2,
        created_at -> Timestamptz,
        calls -> Int4,
        next_at -> Nullable<Timestamptz>,
        acknowledged_by -> Nullable<Uuid>,
        acknowledged_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    answer_drafts (account_id, comment_id) {
        account_id -> Uuid,
        comment_id -> Uuid,
        sealed -> Bytea,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    article_addresses (path) {
        path -> Text,
        article_id -> Uuid,
        comment_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    article_authors (article_id, account_id) {
        article_id -> Uuid,
        account_id -> Uuid,
        position -> Int2,
    }
}

diesel::table! {
    article_revisions (article_id, revision) {
        article_id -> Uuid,
        revision -> Int8,
        title -> Text,
        summary -> Text,
        body_markdown -> Text,
        edited_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    article_slugs (slug) {
        slug -> Text,
        article_id -> Uuid,
    }
}

diesel::table! {
    article_tags (article_id, tag_id) {
        article_id -> Uuid,
        tag_id -> Uuid,
    }
}

diesel::table! {
    articles (id) {
        id -> Uuid,
        revision -> Int8,
        slug -> Text,
        title -> Text,
        summary -> Text,
        locale -> Text,
        status -> Text,
        body_markdown -> Text,
        body_html -> Text,
        body_text -> Text,
        excerpt -> Text,
        sections -> Jsonb,
        renderer -> Int2,
        comments_open -> Bool,
        guests_allowed -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        published_at -> Nullable<Timestamptz>,
        comments_close_after_days -> Nullable<Int4>,
        moderation -> Nullable<Text>,
        links_held -> Nullable<Int4>,
    }
}

diesel::table! {
    audit (id) {
        id -> Uuid,
        at -> Timestamptz,
        kind -> Text,
        actor_id -> Nullable<Uuid>,
        subject_id -> Nullable<Uuid>,
        data -> Jsonb,
    }
}

diesel::table! {
    audit_networks (audit_id) {
        audit_id -> Uuid,
        network_hash -> Bytea,
        at -> Timestamptz,
    }
}

diesel::table! {
    bounces (to_hash) {
        to_hash -> Bytea,
        bounced_at -> Timestamptz,
        status -> Text,
    }
}

diesel::table! {
    comment_hits (comment_id, revision, place) {
        comment_id -> Uuid,
        revision -> Int8,
        place -> Int2,
        check_name -> Text,
        rule_id -> Nullable<Uuid>,
        action -> Text,
        detail -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    comment_networks (comment_id) {
        comment_id -> Uuid,
        network_hash -> Bytea,
        at -> Timestamptz,
    }
}

diesel::table! {
    comment_prints (print) {
        print -> Bytea,
        comment_id -> Uuid,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    comment_revisions (comment_id, revision) {
        comment_id -> Uuid,
        revision -> Int8,
        body_markdown -> Text,
        replaced_at -> Timestamptz,
        replaced_by -> Nullable<Uuid>,
        expires_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    comments (id) {
        id -> Uuid,
        article_id -> Uuid,
        parent_id -> Nullable<Uuid>,
        root_id -> Uuid,
        position -> Int8,
        root_no -> Nullable<Int4>,
        depth -> Int4,
        path -> Bytea,
        account_id -> Nullable<Uuid>,
        guest_id -> Nullable<Uuid>,
        status -> Text,
        shown -> Bool,
        revision -> Int8,
        body_markdown -> Text,
        body_html -> Text,
        body_text -> Text,
        renderer -> Int2,
        reply_count -> Int4,
        descendant_count -> Int4,
        section_id -> Nullable<Text>,
        created_at -> Timestamptz,
        edited_at -> Nullable<Timestamptz>,
        deleted_at -> Nullable<Timestamptz>,
        rank -> Int8,
        reactions -> Jsonb,
        pin_no -> Nullable<Int4>,
        featured_at -> Nullable<Timestamptz>,
        locked -> Bool,
        quote -> Nullable<Text>,
        fragment -> Nullable<Text>,
        mention_count -> Int2,
        answers -> Int4,
    }
}

diesel::table! {
    continued_comments (comment_id) {
        comment_id -> Uuid,
    }
}

diesel::table! {
    corrections (comment_id, revision) {
        comment_id -> Uuid,
        revision -> Int8,
        note -> Text,
        corrected_at -> Timestamptz,
    }
}

diesel::table! {
    desk_scans (kind, article_id) {
        kind -> Text,
        article_id -> Uuid,
        after_id -> Uuid,
        again -> Bool,
    }
}

diesel::table! {
    erasures (account_id) {
        account_id -> Uuid,
        comments -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    event_readers (name) {
        name -> Text,
        number -> Int8,
    }
}

diesel::table! {
    events (id) {
        id -> Uuid,
        number -> Nullable<Int8>,
        kind -> Text,
        stream -> Uuid,
        stream_version -> Int8,
        tags -> Text,
        data -> Jsonb,
        actor_id -> Nullable<Uuid>,
        at -> Timestamptz,
    }
}

diesel::table! {
    exports (id) {
        id -> Uuid,
        account_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        leased_until -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
        document -> Nullable<Bytea>,
        archive -> Nullable<Bytea>,
    }
}

diesel::table! {
    external_identities (issuer, subject_hash) {
        issuer -> Text,
        subject_hash -> Bytea,
        account_id -> Uuid,
        created_at -> Timestamptz,
        valid_from -> Timestamptz,
    }
}

diesel::table! {
    former_people (former_hash) {
        former_hash -> Bytea,
        person_id -> Uuid,
    }
}

diesel::table! {
    guest_codes (code_hash) {
        code_hash -> Bytea,
        guest_id -> Uuid,
        email_hash -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    guests (id) {
        id -> Uuid,
        article_id -> Uuid,
        display_name -> Text,
        email_hash -> Nullable<Bytea>,
        email_sealed -> Nullable<Bytea>,
        created_at -> Timestamptz,
        email_verified_at -> Nullable<Timestamptz>,
        subscribed -> Bool,
    }
}

diesel::table! {
    idempotency_keys (scope, key) {
        scope -> Text,
        key -> Text,
        operation -> Text,
        body_hash -> Bytea,
        answer -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    imports (source, kind, external_id) {
        source -> Text,
        kind -> Text,
        external_id -> Text,
        local_id -> Uuid,
        digest -> Nullable<Bytea>,
        imported_at -> Timestamptz,
    }
}

diesel::table! {
    invites (id) {
        id -> Uuid,
        account_id -> Uuid,
        code_hash -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mails (id) {
        id -> Uuid,
        sealed -> Bytea,
        attempts -> Int2,
        created_at -> Timestamptz,
        next_attempt_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        failed_at -> Nullable<Timestamptz>,
        failure -> Nullable<Text>,
        to_hash -> Nullable<Bytea>,
        kind -> Text,
        person_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    mentions (comment_id, place) {
        comment_id -> Uuid,
        place -> Int2,
        account_id -> Nullable<Uuid>,
        guest_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    notices (comment_id, kind) {
        comment_id -> Uuid,
        kind -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    on_call (account_id) {
        account_id -> Uuid,
        place -> Int2,
    }
}

diesel::table! {
    private_accesses (id) {
        id -> Uuid,
        thread_id -> Uuid,
        account_id -> Nullable<Uuid>,
        reason_sealed -> Bytea,
        at -> Timestamptz,
        until -> Timestamptz,
    }
}

diesel::table! {
    private_coaches (thread_id, account_id) {
        thread_id -> Uuid,
        account_id -> Uuid,
        admitted_by -> Nullable<Uuid>,
        admitted_at -> Timestamptz,
        read_no -> Int8,
        told_no -> Int8,
    }
}

diesel::table! {
    private_drafts (thread_id, person_id) {
        thread_id -> Uuid,
        person_id -> Uuid,
        sealed -> Bytea,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    private_messages (id) {
        id -> Uuid,
        thread_id -> Uuid,
        no -> Int8,
        by_reader -> Bool,
        coach_id -> Nullable<Uuid>,
        body_sealed -> Nullable<Bytea>,
        revision -> Int8,
        created_at -> Timestamptz,
        edited_at -> Nullable<Timestamptz>,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    private_threads (id) {
        id -> Uuid,
        article_id -> Nullable<Uuid>,
        comment_id -> Nullable<Uuid>,
        reader_account_id -> Nullable<Uuid>,
        reader_guest_id -> Nullable<Uuid>,
        state -> Text,
        key_sealed -> Bytea,
        title_sealed -> Nullable<Bytea>,
        invited_by -> Nullable<Uuid>,
        asked_coach_id -> Nullable<Uuid>,
        waiting_since -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        opened_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        last_at -> Timestamptz,
        last_no -> Int8,
        reader_read_no -> Int8,
        reader_told_no -> Int8,
        reader_agrees -> Bool,
        coaches_agree -> Bool,
        reader_left_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    question_answers (answer_id) {
        answer_id -> Uuid,
        comment_id -> Uuid,
        given_by -> Nullable<Uuid>,
        given_at -> Timestamptz,
    }
}

diesel::table! {
    question_coaches (comment_id, account_id) {
        comment_id -> Uuid,
        account_id -> Uuid,
        state -> Text,
        shown -> Bool,
        turn -> Int2,
        asked_at -> Timestamptz,
        article_id -> Uuid,
        section_id -> Nullable<Text>,
        language -> Text,
        by_guest -> Bool,
        claimed_by -> Nullable<Uuid>,
        quiet_until -> Nullable<Timestamptz>,
        answer_id -> Nullable<Uuid>,
        answered_by -> Nullable<Uuid>,
        answered_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        reopened_at -> Nullable<Timestamptz>,
        asked -> Array<Nullable<Uuid>>,
    }
}

diesel::table! {
    question_tags (comment_id, tag_id) {
        comment_id -> Uuid,
        tag_id -> Uuid,
        state -> Text,
        shown -> Bool,
        turn -> Int2,
        asked_at -> Timestamptz,
        article_id -> Uuid,
        section_id -> Nullable<Text>,
        language -> Text,
        by_guest -> Bool,
        claimed_by -> Nullable<Uuid>,
        quiet_until -> Nullable<Timestamptz>,
        answer_id -> Nullable<Uuid>,
        answered_by -> Nullable<Uuid>,
        answered_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        reopened_at -> Nullable<Timestamptz>,
        asked -> Array<Nullable<Uuid>>,
    }
}

diesel::table! {
    questions (comment_id) {
        comment_id -> Uuid,
        article_id -> Uuid,
        section_id -> Nullable<Text>,
        asked_at -> Timestamptz,
        state -> Text,
        shown -> Bool,
        turn -> Int2,
        language -> Text,
        by_guest -> Bool,
        claimed_by -> Nullable<Uuid>,
        quiet_until -> Nullable<Timestamptz>,
        answer_id -> Nullable<Uuid>,
        answered_by -> Nullable<Uuid>,
        answered_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        reopened_at -> Nullable<Timestamptz>,
        asked -> Array<Nullable<Uuid>>,
    }
}

diesel::table! {
    reactions (comment_id, kind, person_id) {
        comment_id -> Uuid,
        article_id -> Uuid,
        kind -> Text,
        account_id -> Nullable<Uuid>,
        guest_id -> Nullable<Uuid>,
        person_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    recovery_codes (code_hash) {
        code_hash -> Bytea,
        account_id -> Uuid,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Bytea,
        session_id -> Uuid,
        issued_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    reports (id) {
        id -> Uuid,
        comment_id -> Uuid,
        reporter_id -> Nullable<Uuid>,
        by_guest -> Bool,
        reason -> Text,
        note -> Nullable<Text>,
        revision -> Int8,
        counts -> Bool,
        created_at -> Timestamptz,
        outcome -> Nullable<Text>,
        decided_at -> Nullable<Timestamptz>,
        network_hash -> Nullable<Bytea>,
    }
}

diesel::table! {
    reviews (comment_id) {
        comment_id -> Uuid,
        article_id -> Uuid,
        state -> Text,
        queued_at -> Timestamptz,
        priority -> Int2,
        author_id -> Uuid,
        by_guest -> Bool,
        has_link -> Bool,
        first_time -> Bool,
        edited -> Bool,
        reports -> Int4,
        external_at -> Nullable<Timestamptz>,
        claimed_by -> Nullable<Uuid>,
        claimed_until -> Nullable<Timestamptz>,
        external_tries -> Int2,
    }
}

diesel::table! {
    sanctions (id) {
        id -> Uuid,
        kind -> Text,
        subject_kind -> Text,
        subject -> Bytea,
        reason -> Text,
        message -> Nullable<Text>,
        comment_id -> Nullable<Uuid>,
        created_by -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        lifted_by -> Nullable<Uuid>,
        lifted_at -> Nullable<Timestamptz>,
        acknowledged_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    saved_replies (id) {
        id -> Uuid,
        revision -> Int8,
        author_id -> Nullable<Uuid>,
        title -> Text,
        body_markdown -> Text,
        shared -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    screening_rules (id) {
        id -> Uuid,
        revision -> Int8,
        name -> Text,
        kind -> Text,
        action -> Text,
        language -> Nullable<Text>,
        priority -> Int2,
        terms -> Array<Nullable<Text>>,
        enabled -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    second_factors (account_id) {
        account_id -> Uuid,
        secret_sealed -> Bytea,
        created_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        last_step -> Int8,
    }
}

diesel::table! {
    service_tokens (account_id) {
        account_id -> Uuid,
        token_hash -> Bytea,
        scopes -> Text,
        created_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        account_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        ended_by -> Nullable<Text>,
        proven_at -> Timestamptz,
        second_factor_at -> Nullable<Timestamptz>,
        network_hash -> Nullable<Bytea>,
    }
}

diesel::table! {
    signing_keys (kid) {
        kid -> Text,
        private_sealed -> Bytea,
        created_at -> Timestamptz,
        retired_at -> Nullable<Timestamptz>,
        signs_from -> Timestamptz,
    }
}

diesel::table! {
    signups (id) {
        id -> Uuid,
        code_hash -> Bytea,
        email_hash -> Bytea,
        email_sealed -> Bytea,
        display_name -> Text,
        password_hash -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        trials -> Int2,
    }
}

diesel::table! {
    support_resources (id) {
        id -> Uuid,
        revision -> Int8,
        region -> Nullable<Text>,
        language -> Text,
        name -> Text,
        phone -> Nullable<Text>,
        url -> Nullable<Text>,
        checked_on -> Date,
        position -> Int4,
    }
}

diesel::table! {
    tags (id) {
        id -> Uuid,
        slug -> Text,
        name -> Text,
    }
}

diesel::table! {
    threads (article_id) {
        article_id -> Uuid,
        version -> Int8,
        last_position -> Int8,
        last_root_no -> Int4,
        comment_count -> Int4,
        root_count -> Int4,
    }
}

diesel::table! {
    throttles (key) {
        key -> Bytea,
        busy_till -> Timestamptz,
    }
}

diesel::table! {
    unsubscriptions (person_id, kind) {
        person_id -> Uuid,
        kind -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    used_challenges (id) {
        id -> Bytea,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    verdicts (id) {
        id -> Uuid,
        comment_id -> Uuid,
        author_id -> Nullable<Uuid>,
        was -> Text,
        became -> Text,
        reason -> Nullable<Text>,
        message -> Nullable<Text>,
        by_account -> Nullable<Uuid>,
        at -> Timestamptz,
        undone_by -> Nullable<Uuid>,
        undone_at -> Nullable<Timestamptz>,
        queued_at -> Nullable<Timestamptz>,
        priority -> Nullable<Int2>,
        first_time -> Nullable<Bool>,
    }
}

diesel::joinable!(account_codes -> accounts (account_id));
diesel::joinable!(alerts -> comments (comment_id));
diesel::joinable!(answer_drafts -> accounts (account_id));
diesel::joinable!(answer_drafts -> comments (comment_id));
diesel::joinable!(article_addresses -> articles (article_id));
diesel::joinable!(article_authors -> accounts (account_id));
diesel::joinable!(article_authors -> articles (article_id));
diesel::joinable!(article_revisions -> accounts (edited_by));
diesel::joinable!(article_revisions -> articles (article_id));
diesel::joinable!(article_tags -> articles (article_id));
diesel::joinable!(article_tags -> tags (tag_id));
diesel::joinable!(audit_networks -> audit (audit_id));
diesel::joinable!(comment_hits -> comments (comment_id));
diesel::joinable!(comment_revisions -> accounts (replaced_by));
diesel::joinable!(comment_revisions -> comments (comment_id));
diesel::joinable!(comments -> accounts (account_id));
diesel::joinable!(comments -> articles (article_id));
diesel::joinable!(continued_comments -> comments (comment_id));
diesel::joinable!(corrections -> comments (comment_id));
diesel::joinable!(exports -> accounts (account_id));
diesel::joinable!(external_identities -> accounts (account_id));
diesel::joinable!(guest_codes -> guests (guest_id));
diesel::joinable!(guests -> articles (article_id));
diesel::joinable!(invites -> accounts (account_id));
diesel::joinable!(mentions -> accounts (account_id));
diesel::joinable!(mentions -> comments (comment_id));
diesel::joinable!(mentions -> guests (guest_id));
diesel::joinable!(notices -> comments (comment_id));
diesel::joinable!(on_call -> accounts (account_id));
diesel::joinable!(private_accesses -> accounts (account_id));
diesel::joinable!(private_accesses -> private_threads (thread_id));
diesel::joinable!(private_coaches -> accounts (account_id));
diesel::joinable!(private_coaches -> private_threads (thread_id));
diesel::joinable!(private_drafts -> private_threads (thread_id));
diesel::joinable!(private_messages -> private_threads (thread_id));
diesel::joinable!(private_threads -> articles (article_id));
diesel::joinable!(private_threads -> comments (comment_id));
diesel::joinable!(private_threads -> guests (reader_guest_id));
diesel::joinable!(question_coaches -> accounts (account_id));
diesel::joinable!(question_coaches -> questions (comment_id));
diesel::joinable!(question_tags -> questions (comment_id));
diesel::joinable!(question_tags -> tags (tag_id));
diesel::joinable!(questions -> accounts (claimed_by));
diesel::joinable!(questions -> comments (comment_id));
diesel::joinable!(reactions -> accounts (account_id));
diesel::joinable!(recovery_codes -> accounts (account_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(reports -> comments (comment_id));
diesel::joinable!(reviews -> accounts (claimed_by));
diesel::joinable!(reviews -> comments (comment_id));
diesel::joinable!(saved_replies -> accounts (author_id));
diesel::joinable!(second_factors -> accounts (account_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(threads -> articles (article_id));
diesel::joinable!(verdicts -> comments (comment_id));

diesel::allow_tables_to_appear_in_same_query!(
    account_codes,
    accounts,
    alerts,
    answer_drafts,
    article_addresses,
    article_authors,
    article_revisions,
    article_slugs,
    article_tags,
    articles,
    audit,
    audit_networks,
    bounces,
    comment_hits,
    comment_networks,
    comment_prints,
    comment_revisions,
    comments,
    continued_comments,
    corrections,
    desk_scans,
    erasures,
    event_readers,
    events,
    exports,
    external_identities,
    former_people,
    guest_codes,
    guests,
    idempotency_keys,
    imports,
    invites,
    mails,
    mentions,
    notices,
    on_call,
    private_accesses,
    private_coaches,
    private_drafts,
    private_messages,
    private_threads,
    question_answers,
    question_coaches,
    question_tags,
    questions,
    reactions,
    recovery_codes,
    refresh_tokens,
    reports,
    reviews,
    sanctions,
    saved_replies,
    screening_rules,
    second_factors,
    service_tokens,
    sessions,
    signing_keys,
    signups,
    support_resources,
    tags,
    threads,
    throttles,
    unsubscriptions,
    used_challenges,
    verdicts,
);
