using Matchmaking.Profile;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaults("profile");
builder.AddProfile();
builder.AddBus();

var app = builder.Build();
app.MapDefaults();
app.MapProfile();
app.Run();
