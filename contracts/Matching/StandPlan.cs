namespace Matchmaking.Contracts.Matching;

/// <summary>
/// GET and PUT /api/exhibitors/{id}/plan: from what a stand's slots are made. What is null is as the catalogue has it, so an empty plan is the
/// catalogue's. Times are the fair's own, "HH:mm", and hold on each day of the fair.
/// </summary>
/// <param name="Open">When the stand receives people; null: as long as the fair is open.</param>
/// <param name="Breaks">Nobody can be met in these.</param>
/// <param name="SlotMinutes">Length of a meeting: 5 to 120, in steps of five; null: 20.</param>
/// <param name="Tables">One entry for each table; null: as many as the catalogue says, each speaking what the exhibitor speaks.</param>
/// <param name="Formats">Of "stand", "video", "phone".</param>
/// <param name="VideoLink">https address of the meeting by video; "{code}" and "{id}" stand for those of the meeting.</param>
/// <param name="Phone">The number that is called in a meeting by telephone, as "+49 341 123456".</param>
/// <param name="WalkInEvery">One in so many of the seats at the stand is kept for people without a date: 2 to 10; 0: none; null: 3.</param>
/// <param name="WalkInFreedMinutes">So long before it begins a kept seat can be booked by all; null: from when the fair opens.</param>
/// <param name="MostMeetings">So many meetings of the day can be booked at most; null: as many as there are seats.</param>
/// <param name="Version">Of the plan that was changed; another one by now: 409 changed-meanwhile. null: whatever there is, is replaced.</param>
public sealed record StandPlan(
    IReadOnlyList<HoursOfDay>? Open = null, IReadOnlyList<HoursOfDay>? Breaks = null, int? SlotMinutes = null, IReadOnlyList<TablePlan>? Tables = null,
    IReadOnlyList<string>? Formats = null, string? VideoLink = null, string? Phone = null, int? WalkInEvery = null, int? WalkInFreedMinutes = null,
    int? MostMeetings = null, long? Version = null);

/// <param name="From">"HH:mm".</param>
public sealed record HoursOfDay(string? From, string? To);

/// <param name="Languages">Spoken at this table; who speaks one of them is seated here first.</param>
public sealed record TablePlan(IReadOnlyList<string>? Languages);

/// <summary>A stand's plan with what comes of it.</summary>
/// <param name="Plan">As the stand has set it; null: it has not.</param>
/// <param name="Effective">The same with everything filled in from the catalogue.</param>
/// <param name="Added">Slots still to come that the plan brings; 0 where it is in force.</param>
/// <param name="Removed">Slots still to come that it takes away.</param>
/// <param name="InTheWay">Meetings whose time or table the plan would take away: it is not taken over as long as there are any.</param>
public sealed record StandPlanView(
    Guid ExhibitorId, StandPlan? Plan, StandPlan Effective, IReadOnlyList<PlannedTime> Times, int Added, int Removed, IReadOnlyList<MeetingInTheWay> InTheWay);

/// <param name="WalkIn">How many of the tables are kept for people without a date.</param>
public sealed record PlannedTime(DateTimeOffset Start, DateTimeOffset End, string Format, int Tables, int WalkIn);

/// <summary>POST /api/meetings/in-the-way: what is to become of a fair. Nothing is changed by asking.</summary>
/// <param name="Opens">null: the times stay as they are.</param>
/// <param name="Exhibitors">Stands that will not be there.</param>
/// <param name="Offers">Offers that will not be there, of stands that will.</param>
public sealed record FairChange(
    Guid? FairId, DateTimeOffset? Opens = null, DateTimeOffset? Closes = null, IReadOnlyList<Guid>? Exhibitors = null, IReadOnlyList<Guid>? Offers = null);

/// <summary>GET and POST /api/meetings/in-the-way: what could not take place if the fair were changed so.</summary>
public sealed record FairMeetingsInTheWay(int Count, IReadOnlyList<StandMeetingsInTheWay> Stands);

public sealed record StandMeetingsInTheWay(Guid ExhibitorId, string Exhibitor, IReadOnlyList<MeetingInTheWay> Meetings);

/// <param name="Code">Empty in the answer to a stand for a seat that is only offered: it knows nothing of it yet.</param>
/// <param name="Status">requested, accepted, proposed, held, no-show.</param>
/// <param name="Table">null: another time was proposed, no table is held yet.</param>
/// <param name="Unspoken">Time and table stay, but at none that is free then anybody would speak the visitor's language any more.</param>
public sealed record MeetingInTheWay(Guid Id, string Code, DateTimeOffset Start, DateTimeOffset End, string Format, int? Table, string Status, bool Unspoken = false);
