using System.Resources;
using Matchmaking.Contracts;
using Matchmaking.Contracts.Texts;
using Matchmaking.Profile.Accounts;
using Matchmaking.Profile.Exhibitors;
using Matchmaking.Profile.Fairs;
using Matchmaking.Profile.Import;
using Matchmaking.Profile.Occupations;
using Matchmaking.Profile.Offers;
using Matchmaking.Profile.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;

namespace Matchmaking.Profile;

/// <summary>WHO is here and what is offered: fairs, visitors, exhibitors, offers, accounts, and the import that brings them in.</summary>
public static class ProfileService
{
    public static IHostApplicationBuilder AddProfile(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<ProfileDb, ProfileDbSqlite, ProfileDbPostgres>("profile");
        Problem.AddTexts(new ResourceManager("Matchmaking.Profile.Texts.Problems", typeof(ProfileService).Assembly));
        var services = builder.Services;
        services.AddLanguages(Words.Languages);
        services.AddClosedCodes(FieldCodes.All.Select(f => new ClosedCodes(f.Record, f.Field, f.Codes)));
        services.AddOptions<ProfileOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ICapabilityHolders, VisitorTokens>();
        services.AddSingleton<RecentVisitors>();
        services.AddSingleton<Replacements>();
        services.AddSingleton<CurrentFair>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<OwnSecrets<ProfileDb>>();
        services.AddSingleton<Seals>();
        services.AddSingleton<PublicLinks>();
        services.AddScoped<FairImporter>();
        services.AddHostedService<ImportAtStart>();
        services.AddHostedService<RetentionEnd>();
        return builder;
    }

    public static IEndpointRouteBuilder MapProfile(this IEndpointRouteBuilder app)
    {
        ReadFair.Map(app);
        ListExhibitors.Map(app);
        ListOffers.Map(app);
        EditOffer.Map(app);
        FindOccupations.Map(app);
        SubmitVisitor.Map(app);
        ReadVisitor.Map(app);
        EraseVisitor.Map(app);
        ReadAddress.Map(app);
        PublishKeys.Map(app);
        SignInByLink.Map(app);
        SignInForDemo.Map(app);
        RenewToken.Map(app);
        ImportFair.Map(app);
        return app;
    }
}
