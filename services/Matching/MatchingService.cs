using System.Resources;
using Matchmaking.Contracts;
using Matchmaking.Contracts.Texts;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Choices;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Routes;
using Matchmaking.Matching.Scheduling;
using Matchmaking.Matching.Search;
using Matchmaking.Matching.Visitors;
using Matchmaking.Matching.Waiting;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matchmaking.Matching;

/// <summary>What fits, and when to meet.</summary>
public static class MatchingService
{
    public static IHostApplicationBuilder AddMatching(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<MatchingDb, MatchingDbSqlite, MatchingDbPostgres>("matching");
        Problem.AddTexts(new ResourceManager("Matchmaking.Matching.Texts.Problems", typeof(MatchingService).Assembly));
        var services = builder.Services;
        services.AddLanguages(Words.Languages);
        services.AddClosedCodes(FieldCodes.All.Select(f => new ClosedCodes(f.Record, f.Field, f.Codes)));
        services.AddOptions<MatchingOptions>().BindConfiguration(MatchingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WalkingOptions>().BindConfiguration(WalkingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PublishedCatalogues>();
        services.AddSingleton<ICapabilityHolders, VisitorTokens>();
        services.AddSingleton<RulePacks>();
        services.AddHostedService(s => s.GetRequiredService<RulePacks>());
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Champion>();
        services.AddHostedService(s => s.GetRequiredService<Champion>());
        services.AddSingleton<TrainingDesk>();
        services.AddSingleton<TrainModels>();
        services.AddHostedService(s => s.GetRequiredService<TrainModels>());
        services.AddSingleton<FairBalances>();
        services.AddSingleton<VisitorLists>();
        services.AddSingleton<ReadyLists>();
        services.AddSingleton<VisitorArrivals>();
        services.AddSingleton<FreeTimes>();
        services.TryAddSingleton<EligibilityGate>();
        services.AddHostedService<ExpireMeetings>();
        services.AddSingleton<FreedSeats>();
        services.AddHostedService(s => s.GetRequiredService<FreedSeats>());
        services.AddSingleton<BookSchedule>();
        services.AddSingleton<ComputeSchedule>();
        services.AddSingleton<ScheduleLease>();
        services.AddSingleton<KeepDraft>();
        services.AddSingleton<ScheduleDesk>();
        services.AddHostedService(s => s.GetRequiredService<ScheduleDesk>());
        services.AddSingleton<AnswerFigures>();
        services.AddSingleton<KeepFigures>();
        services.AddHostedService(s => s.GetRequiredService<KeepFigures>());
        services.AddSingleton(OutcomeTimes.Of(services.Backbone(), builder.Configuration));
        services.AddScoped<OwnLists>();
        services.AddScoped<MeetingViews>();
        services.AddScoped<MeetingDesk>();
        services.AddScoped<Suggestions>();
        return builder;
    }

    public static IEndpointRouteBuilder MapMatching(this IEndpointRouteBuilder routes)
    {
        ShowMatches.Map(routes);
        FindOffers.Map(routes);
        JudgeOffer.Map(routes);
        ChooseOffer.Map(routes);
        PreviewEligibility.Map(routes);
        PublishRulePack.Map(routes);
        ListModels.Map(routes);
        WriteModelCard.Map(routes);
        UploadModel.Map(routes);
        PromoteModel.Map(routes);
        StartTraining.Map(routes);
        ExplainRanking.Map(routes);
        ListSlots.Map(routes);
        ListStandTimes.Map(routes);
        RequestMeeting.Map(routes);
        ListMeetings.Map(routes);
        AnswerMeeting.Map(routes);
        ChooseTime.Map(routes);
        MoveMeeting.Map(routes);
        CancelMeeting.Map(routes);
        RecordOutcome.Map(routes);
        JoinWaiting.Map(routes);
        ListWaiting.Map(routes);
        ShowCalendar.Map(routes);
        ShowRoute.Map(routes);
        ShowRouteCalendar.Map(routes);
        ShowStandDay.Map(routes);
        KeepStandPlan.Map(routes);
        MovedFair.Map(routes);
        SeatWalkIn.Map(routes);
        StartSchedule.Map(routes);
        ListSchedules.Map(routes);
        DecideSchedule.Map(routes);
        NoteOpened.Map(routes);
        SummariseQuality.Map(routes);
        ShowFigures.Map(routes);
        ExportRecord.Map(routes);
        ListFigureRows.Map(routes);
        ShowMatch.Map(routes);
        ReportWords.Map(routes);
        ListLooks.Map(routes);
        ExportVisitor.Map(routes);
        return routes;
    }
}
