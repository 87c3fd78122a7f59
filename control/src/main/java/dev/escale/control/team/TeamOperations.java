package dev.escale.control.team;

import org.springframework.stereotype.Component;

/** What can be done to a team, for the doors. */
@Component
public record TeamOperations(
        CreateTeam create,
        UpdateTeam update,
        LeaveTeam leave,
        TransferTeam transfer,
        RemoveTeam end,
        InviteMember invite,
        RevokeInvitation revoke,
        SendInvitation send,
        UpdateMember change,
        RemoveMember remove,
        CreateRole makeRole,
        UpdateRole changeRole,
        RemoveRole removeRole) {}
