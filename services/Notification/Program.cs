using Matchmaking.Notification;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddDefaults("notification");
builder.AddNotification();
builder.AddBus();
var app = builder.Build();
app.MapDefaults();
app.MapNotification();
app.Run();
